package dev.boundary.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.boundary.core.TableKind;
import dev.boundary.core.TenantKey;
import dev.boundary.rls.TableName;
import dev.boundary.testing.internal.catalog.GeneratedRow;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.RowGenerator;
import dev.boundary.testing.internal.catalog.RowOverride;
import dev.boundary.testing.internal.catalog.TypedCatalog;
import dev.boundary.testing.internal.catalog.TypedTable;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rows of awkward tables, generated from the catalog alone. */
@BoundaryTest(AwkwardSetup.class)
class RowGeneratorTest {

    private static final String VARIABLE = "app.current_tenant_id";

    @Test
    void awkwardTablesAreFilledForTwoTenants(Isolation isolation, Tenants tenants, TestDatabase database)
            throws SQLException {
        DatabaseFixture fixture = isolation.databaseFixture();
        TenantKey one = tenants.unique();
        TenantKey two = tenants.unique();
        try (Connection superuser = database.superuser().getConnection()) {
            RowGenerator generator = fixture.rowGenerator(superuser);
            for (Map.Entry<TableName, Ownership> table : fixture.ownership().entrySet()) {
                if (table.getValue().hasTenantRows()) {
                    GeneratedRow mine = generator.generate(table.getKey(), one.asText());
                    GeneratedRow theirs = generator.generate(table.getKey(), two.asText());
                    assertThat(theirs.markers())
                            .as(table.getKey().toString())
                            .isNotEmpty()
                            .doesNotContainAnyElementsOf(mine.markers());
                }
            }
            for (TypedTable table : fixture.catalog().tables()) {
                for (GeneratedRow row : generator.generated()) {
                    if (row.table().equals(table.name())) {
                        assertThat(row.values()).hasSameSizeAs(table.columns());
                    }
                }
            }
        }
    }

    @Test
    void aValueThatCannotBeGuessedIsAskedFor(TestDatabase database) throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "create table secret (tenant_id bigint not null, word text not null"
                        + " check (md5(word) = '5ebe2294ecd0e0f08eab7690d2a6ee69'))");
        try (Connection superuser = database.superuser().getConnection()) {
            TableName secret = new TableName("public", "secret");
            Map<TableName, Ownership> ownership = Map.of(secret, new Ownership(TableKind.TENANT, "tenant_id"));
            TypedCatalog catalog = TypedCatalog.read(superuser);
            RowGenerator guessing = new RowGenerator(superuser, catalog, ownership, RowOverride.NONE, VARIABLE);
            assertThatIllegalStateException()
                    .isThrownBy(() -> guessing.generate(secret, "7"))
                    .withMessageContaining("Cannot generate a row of table public.secret")
                    .withMessageContaining("override DatabaseSetup.rows");
            RowOverride told =
                    new CanaryRows().column("secret", "word", n -> "secret").override();
            assertThat(new RowGenerator(superuser, catalog, ownership, told, VARIABLE)
                            .generate(secret, "7")
                            .get("word"))
                    .isEqualTo("secret");
        }
    }

    @Nested
    @BoundaryTest(Told.class)
    class WithASetupThatSays {

        @Test
        void rowsAreGeneratedAsItSays(Isolation isolation, Tenants tenants, TestDatabase database) throws SQLException {
            try (Connection superuser = database.superuser().getConnection()) {
                GeneratedRow row = isolation
                        .databaseFixture()
                        .rowGenerator(superuser)
                        .generate(
                                new TableName("public", "booking"),
                                tenants.unique().asText());
                assertThat(row.get("guest")).startsWith("Guest ");
            }
        }
    }

    static final class Told extends ShopSetup {

        // @start region="rows"
        @Override
        public void rows(CanaryRows rows) {
            rows.column("booking", "guest", n -> "Guest " + n); // n differs from row to row
        }
        // @end
    }
}
