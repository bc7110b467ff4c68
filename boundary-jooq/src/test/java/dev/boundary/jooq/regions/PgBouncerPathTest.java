package dev.boundary.jooq.regions;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.regions.Note.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.routing.Placement.OwnSchema;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.internal.session.PgBouncer;
import dev.boundary.jooq.internal.session.SessionDatabase;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.routing.PlacedDataSource;
import dev.boundary.testing.postgresql.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PgBouncer in transaction mode gives each transaction some connection of the server, with whatever path somebody left
 * there; what the driver knows of it is another connection's.
 */
class PgBouncerPathTest {

    private static final TenantKey C = TenantKey.of(3L);
    private static final OwnSchema ACME = new OwnSchema("acme");

    @Test
    void aPathThatWasLeftOnAServerConnectionLeadsNobodyAstray() throws Exception {
        Optional<Path> program = PgBouncer.program();
        assumeThat(program).as("PgBouncer").isPresent();
        try (TestDatabase database = SessionDatabase.create()) {
            PlacementsTest.register(database, "('acme', '3')");
            PlacementsTest.makeSchema(database, ACME);
            Map<String, String> paths = Map.of("shared", "public, pg_temp", "acme", ACME.searchPath());
            try (PgBouncer bouncer = PgBouncer.start(program.get(), database, paths)) {
                attack(database, bouncer);
            }
        }
    }

    private static void attack(TestDatabase database, PgBouncer bouncer) throws SQLException {
        Boundary boundary = Boundary.builder(
                        TenantSchema.builder().tenant(NOTE, NOTE.tenantId).build())
                .build();
        DSLContext db = boundary.dsl(PlacedDataSource.builder(
                        client(bouncer, database, "shared"),
                        tenant -> Optional.of(tenant.equals(C) ? ACME : new SharedTables()))
                .ownSchemas(own -> client(bouncer, database, own.schema()))
                .build());
        TenantContext.where(A)
                .run(() -> boundary.rlsOnly(db, "an attack").execute("set search_path = \"acme\", pg_temp"));
        try (Connection next = client(bouncer, database, "shared").getConnection()) { // the control
            assertThat(DSL.using(next).fetchValue("show search_path")).isEqualTo("acme, pg_temp");
        }
        TenantContext.where(B).run(() -> {
            for (int i = 0; i < 10; i++) {
                db.insertInto(NOTE, NOTE.text).values("new").execute();
                db.transaction(inner ->
                        inner.dsl().insertInto(NOTE, NOTE.text).values("new").execute());
                db.batch(db.insertInto(NOTE, NOTE.text).values("new")).execute();
            }
        });
        TenantContext.where(C)
                .run(() -> db.insertInto(NOTE, NOTE.text).values("own").execute());
        try (Connection connection = database.superuser().getConnection()) {
            assertThat(DSL.using(connection).fetchValue("select string_agg(tenant_id::text, ',') from acme.note"))
                    .isEqualTo("3");
            assertThat(DSL.using(connection).fetchValue("select count(*) from public.note where text = 'new'"))
                    .isEqualTo(30L);
        }
    }

    private static PGSimpleDataSource client(PgBouncer bouncer, TestDatabase database, String alias) {
        PGSimpleDataSource client = bouncer.through(database.application());
        client.setDatabaseName(alias);
        client.setPrepareThreshold(0);
        return client;
    }
}
