package dev.boundary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.routing.PlacedDataSource;
import dev.boundary.tenants.isolation.IsolatedMigrations;
import dev.boundary.tenants.isolation.SchemaMove;
import dev.boundary.tenants.isolation.TenantPlaces;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The modules work together: a tenant moves out of the shared tables while the service runs. */
class OwnSchemaTest {

    private static final Table<Record> NOTE = DSL.table(DSL.name("public", "note"));
    private static final Field<Long> TENANT = DSL.field(DSL.name("note", "tenant_id"), SQLDataType.BIGINT);
    private static final Field<String> TEXT = DSL.field(DSL.name("note", "text"), SQLDataType.CLOB);
    private static final OwnSchema OWN = new OwnSchema("acme");
    private static final Tenant ACME =
            new Tenant(TenantKey.of(1L), new Slug("acme"), "Acme", Optional.empty(), TenantState.ACTIVE, Map.of());
    private static final TenantKey OTHER = TenantKey.of(2L);

    private static List<String> migration(String schema) {
        return Stream.concat(
                        Stream.of(
                                "create table note (id bigint generated always as identity primary key, tenant_id bigint"
                                        + " not null, text text)"),
                        TableChanges.protectTable(
                                new TableName(schema, "note"),
                                TableRows.byTenantColumn("tenant_id"),
                                RoleNames.DEFAULT,
                                TablePrivilege.ALL)
                                .apply()
                                .stream())
                .toList();
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> install() {
        List<RlsChange> changes =
                List.of(InstallBoundary.of(TenantKeyType.BIGINT), new CreateBoundaryRoles(RoleNames.DEFAULT, "public"));
        return changes.stream().flatMap(change -> change.apply().stream()).toList();
    }

    private static PGSimpleDataSource onPath(TestDatabase database, String searchPath) {
        PGSimpleDataSource source = database.application();
        source.setCurrentSchema(searchPath);
        return source;
    }

    private static List<String> notes(TenantKey tenant, DSLContext db) {
        return TenantContext.where(tenant)
                .call(() -> db.select(TEXT).from(NOTE).orderBy(TEXT).fetch(TEXT));
    }

    private static void add(TenantKey tenant, DSLContext db, String text) {
        TenantContext.where(tenant)
                .run(() -> db.insertInto(NOTE, TEXT).values(text).execute());
    }

    @Test
    void aTenantMovesOutOfTheSharedTables() throws Exception {
        try (TestDatabase database = PostgresServer.shared().createDatabase()) {
            try (Connection owner = database.owner().getConnection()) {
                run(owner, install());
                run(owner, migration("public"));
            }
            AtomicReference<Placement> placement = new AtomicReference<>(Placement.of(ACME));
            DSLContext db = Boundary.builder(
                            TenantSchema.builder().tenant(NOTE, TENANT).build())
                    .build()
                    .dsl(PlacedDataSource.builder(
                                    onPath(database, "public, pg_temp"),
                                    tenant -> Optional.of(tenant.equals(OTHER) ? Placement.of(ACME) : placement.get()))
                            .ownSchemas(schema -> onPath(database, schema.searchPath()))
                            .build());
            add(ACME.key(), db, "before");
            add(OTHER, db, "other");

            new TenantPlaces(RoleNames.DEFAULT).createSchema(database.owner(), OWN, ACME.key());
            Tenant placed = new Tenant(
                    ACME.key(),
                    ACME.slug(),
                    ACME.name(),
                    Optional.empty(),
                    TenantState.SUSPENDED,
                    Map.of(Placement.ATTRIBUTE, OWN.asText()));
            assertThat(IsolatedMigrations.of(place -> database.owner())
                            .run(
                                    "tables",
                                    List.of(placed),
                                    (connection, place) -> run(connection, migration(place.schema())))
                            .exitCode())
                    .isZero();
            SchemaMove move = SchemaMove.of(database.application(), placed, OWN);
            move.copy();
            placement.set(Placement.of(placed));
            move.removeOriginals();

            add(ACME.key(), db, "after");
            assertThat(notes(ACME.key(), db)).containsExactly("after", "before");
            assertThat(notes(OTHER, db)).containsExactly("other");
            try (Connection all = database.superuser().getConnection()) {
                assertThat(DSL.using(all).fetchValues("select text from acme.note order by text"))
                        .isEqualTo(List.of("after", "before"));
                assertThat(DSL.using(all).fetchValues("select text from public.note"))
                        .isEqualTo(List.of("other"));
            }
        }
    }
}
