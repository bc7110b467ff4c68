package dev.boundary.core.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.core.routing.Placement.SharedTables;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {

    private static Tenant tenant(Map<String, String> attributes) {
        return new Tenant(
                TenantKey.of(1L), new Slug("acme"), "Acme", Optional.of("eu"), TenantState.ACTIVE, attributes);
    }

    @Test
    void readsThePlacementFromTheRegistry() {
        Optional<String> eu = Optional.of("eu");
        assertThat(Placement.of(tenant(Map.of()))).isEqualTo(new SharedTables(eu));
        assertThat(Placement.of(tenant(Map.of("placement", "shared")))).isEqualTo(new SharedTables(eu));
        assertThat(Placement.of(tenant(Map.of("placement", "schema:acme")))).isEqualTo(new OwnSchema(eu, "acme"));
        assertThat(Placement.of(tenant(Map.of("placement", "database:acme-2"))))
                .isEqualTo(new OwnDatabase(eu, "acme-2"));
        assertThat(new OwnSchema("acme-2").searchPath()).isEqualTo("\"acme-2\", pg_temp");
        assertThat(new OwnDatabase(eu, "acme")).hasToString("database \"acme\" in region eu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SHARED", "shared ", "schema", "schema:", "schema:pg_temp", "acme", "database:", "x:y"})
    void anUnknownPlacementIsNotTheDefault(String text) {
        assertThatExceptionOfType(UnknownPlacementException.class)
                .isThrownBy(() -> Placement.of(tenant(Map.of("placement", text))))
                .withMessageContaining("tenant acme");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Acme",
                "acme ",
                "-acme",
                "$user",
                "\"$user\"",
                "acme, public",
                "acme\",\"public",
                "acme\"; drop schema public cascade; --",
                "acme'",
                "acme\\",
                "acme.note",
                "acme\u0000",
                "acme\n",
                "аcme", // Cyrillic
                "ａcme", // full width
                "pg_temp",
                "pg_catalog",
                "pg_toast",
                "pg_",
                "boundary",
                "boundary_isolation",
                "information_schema",
                "public"
            })
    void refusesHostileSchemaNames(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OwnSchema(name))
                .withMessageContaining("cannot be the name of a tenant's own schema");
        assertThatIllegalArgumentException().isThrownBy(() -> Placement.parse(Optional.empty(), "schema:" + name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "postgres", "template0", "template1", "pg_x", "boundary", "A", "a b", "a/b", "a?ssl=off"})
    void refusesHostileDatabaseNames(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OwnDatabase(name))
                .withMessageContaining("cannot be the name of a tenant's own database");
    }

    /** PostgreSQL would cut it off, and two long names would be one. */
    @Test
    void refusesAnOverlongNameAndAbbreviatesIt() {
        assertThat(new OwnSchema("a".repeat(63)).schema()).hasSize(63);
        assertThatIllegalArgumentException().isThrownBy(() -> new OwnSchema("a".repeat(64)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Placement.parse(Optional.empty(), "a\u001b[31m".repeat(10_000)))
                .matches(refused -> String.valueOf(refused.getMessage()).length() < 300)
                .matches(refused -> !String.valueOf(refused.getMessage()).contains("\u001b"));
    }
}
