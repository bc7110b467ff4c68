package dev.boundary.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.boundary.core.TenantKey;
import dev.boundary.testing.internal.catalog.Catalog;
import dev.boundary.testing.internal.catalog.MadeRow;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.QualifiedName;
import dev.boundary.testing.internal.catalog.RowMaker;
import dev.boundary.testing.internal.catalog.RowOverride;
import dev.boundary.testing.internal.catalog.Table;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rows of awkward tables, made from the catalog alone. */
@BoundaryTest(AwkwardSetup.class)
class RowMakerTest {

    private static final String VARIABLE = "app.current_tenant_id";

    @Test
    void awkwardTablesAreFilledForTwoTenants(Isolation isolation, Tenants tenants, TestDatabase database)
            throws SQLException {
        DatabaseFixture fixture = isolation.databaseFixture();
        TenantKey one = tenants.unique();
        TenantKey two = tenants.unique();
        try (Connection superuser = database.superuser().getConnection()) {
            RowMaker maker = fixture.rowMaker(superuser);
            for (Map.Entry<QualifiedName, Ownership> table : fixture.ownership().entrySet()) {
                if (table.getValue().isTenants()) {
                    MadeRow mine = maker.make(table.getKey(), one.asText());
                    MadeRow theirs = maker.make(table.getKey(), two.asText());
                    assertThat(theirs.markers())
                            .as(table.getKey().toString())
                            .isNotEmpty()
                            .doesNotContainAnyElementsOf(mine.markers());
                }
            }
            for (Table table : fixture.catalog().tables()) {
                for (MadeRow row : maker.made()) {
                    if (row.table().equals(table.name())) {
                        assertThat(row.values()).hasSameSizeAs(table.columns());
                    }
                }
            }
        }
    }

    @Test
    void whatCannotBeGuessedIsAskedFor(TestDatabase database) throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "create table secret (tenant_id bigint not null, word text not null"
                        + " check (md5(word) = '5ebe2294ecd0e0f08eab7690d2a6ee69'))");
        try (Connection superuser = database.superuser().getConnection()) {
            QualifiedName secret = new QualifiedName("public", "secret");
            Map<QualifiedName, Ownership> ownership = Map.of(secret, new Ownership(Ownership.Kind.TENANT, "tenant_id"));
            Catalog catalog = Catalog.read(superuser);
            RowMaker guessing = new RowMaker(superuser, catalog, ownership, RowOverride.NONE, VARIABLE);
            assertThatIllegalStateException()
                    .isThrownBy(() -> guessing.make(secret, "7"))
                    .withMessageContaining("Cannot make a row of table public.secret")
                    .withMessageContaining("override DatabaseSetup.rows");
            RowOverride told =
                    new CanaryRows().column("secret", "word", n -> "secret").override();
            assertThat(new RowMaker(superuser, catalog, ownership, told, VARIABLE)
                            .make(secret, "7")
                            .get("word"))
                    .isEqualTo("secret");
        }
    }

    @Nested
    @BoundaryTest(Told.class)
    class WithASetupThatSays {

        @Test
        void rowsAreMadeAsItSays(Isolation isolation, Tenants tenants, TestDatabase database) throws SQLException {
            try (Connection superuser = database.superuser().getConnection()) {
                MadeRow row = isolation
                        .databaseFixture()
                        .rowMaker(superuser)
                        .make(
                                new QualifiedName("public", "booking"),
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
