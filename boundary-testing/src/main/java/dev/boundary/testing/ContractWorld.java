package dev.boundary.testing;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.internal.catalog.MadeRow;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.RowMaker;
import dev.boundary.testing.internal.catalog.Sql;
import dev.boundary.testing.internal.catalog.Table;
import dev.boundary.testing.internal.catalog.TableName;
import dev.boundary.testing.internal.jdbc.IdleConnections;
import dev.boundary.testing.internal.jdbc.Recorder;
import dev.boundary.testing.internal.jdbc.RecordingDataSource;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A database with rows of two tenants in every table, behind some layers. Made when first used. */
final class ContractWorld implements AutoCloseable {

    private final DatabaseFixture origin;
    private final Layers layers;
    private @Nullable Contents contents;
    private @Nullable RuntimeException failure;

    ContractWorld(DatabaseFixture origin, Layers layers) {
        this.origin = origin;
        this.layers = layers;
    }

    /** What is there once it is made. */
    private record Contents(
            TestDatabase database,
            Connection superuser,
            RowMaker maker,
            IdleConnections connections,
            RecordingDataSource application,
            DSLContext dsl) {}

    private synchronized Contents contents() {
        if (failure != null) {
            throw failure;
        }
        Contents made = contents;
        if (made == null) {
            try {
                made = make();
                contents = made;
            } catch (SQLException e) {
                failure = new IllegalStateException("The rows of the contract cannot be made: " + e.getMessage(), e);
                throw failure;
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }
        return made;
    }

    private Contents make() throws SQLException {
        TestDatabase database = origin.another();
        Connection superuser = database.superuser().getConnection();
        if (layers == Layers.QUERY_ONLY) {
            switchOff(superuser);
        }
        RowMaker maker = origin.rowMaker(superuser);
        for (TenantKey tenant : List.of(own(), other())) {
            maker.makeReferenced(tenant.asText());
            for (Map.Entry<TableName, Ownership> table : origin.ownership().entrySet()) {
                boolean there = maker.made().stream()
                        .anyMatch(row -> row.table().equals(table.getKey())
                                && tenant.asText().equals(row.tenant()));
                if (table.getValue().isTenants() && !there) {
                    maker.make(table.getKey(), tenant.asText());
                }
            }
        }
        PGSimpleDataSource dataSource = database.application();
        dataSource.setStringType("unspecified"); // every bind value is a text, of whatever type its column is
        IdleConnections connections =
                new IdleConnections(dataSource, origin.setup().sessionVariable().name());
        RecordingDataSource application = new RecordingDataSource(connections, new Recorder(execution -> {}));
        DSLContext dsl = origin.setup()
                .configure(Boundary.builder(origin.schema())
                        .admin(database.admin())
                        .sessionVariable(origin.setup().sessionVariable()))
                .layers(layers)
                .build()
                .dsl(application);
        return new Contents(database, superuser, maker, connections, application, dsl);
    }

    private static void switchOff(Connection superuser) throws SQLException {
        for (List<@Nullable String> row : Sql.rows(
                superuser,
                "select cast(oid::pg_catalog.regclass as text) from pg_catalog.pg_class where relrowsecurity")) {
            Sql.run(superuser, "alter table " + row.getFirst() + " disable row level security");
        }
    }

    Layers layers() {
        return layers;
    }

    boolean hasPolicies() {
        return layers != Layers.QUERY_ONLY;
    }

    boolean hasQueryLayer() {
        return layers != Layers.RLS_ONLY;
    }

    /** The tenant whose scope is open. */
    TenantKey own() {
        return origin.tenants().named("contract-own");
    }

    /** The tenant whose rows must stay out of reach. */
    TenantKey other() {
        return origin.tenants().named("contract-other");
    }

    DSLContext dsl() {
        return contents().dsl();
    }

    RowMaker maker() {
        return contents().maker();
    }

    Connection superuser() {
        return contents().superuser();
    }

    Table table(TableName name) {
        return origin.catalog()
                .find(name)
                .orElseThrow(() -> new AssertionError(
                        "Table " + name + " is declared and is not in the database. Does the change log create it?"));
    }

    Ownership ownership(TableName table) {
        return origin.ownership().getOrDefault(table, Ownership.SHARED);
    }

    MadeRow row(TableName table, TenantKey tenant) {
        return contents().maker().made().stream()
                .filter(row -> row.table().equals(table) && tenant.asText().equals(row.tenant()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No row of " + table + " was made for tenant " + tenant));
    }

    /** Plain JDBC as the application role, with the tenant bound, rolled back at the end. */
    <T extends @Nullable Object> T plain(PlainSql<T> code) throws SQLException {
        try (Connection connection = contents().application().getConnection()) {
            connection.setAutoCommit(false);
            try {
                Sql.run(
                        connection,
                        "select pg_catalog.set_config(?, ?, true)",
                        origin.setup().sessionVariable().name(),
                        own().asText());
                return code.run(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    void inScope(Runnable code) {
        TenantContext.where(own()).run(code);
    }

    boolean may(String privilege, TableName table) throws SQLException {
        return "t"
                .equals(Sql.value(
                        superuser(),
                        "select pg_catalog.has_table_privilege(?, ?, ?) or"
                                + " (? not in ('DELETE', 'TRUNCATE') and pg_catalog.has_any_column_privilege(?, ?, ?))",
                        origin.setup().roles().application(),
                        table.sql(),
                        privilege,
                        privilege,
                        origin.setup().roles().application(),
                        table.sql(),
                        privilege.equals("TRUNCATE") || privilege.equals("DELETE") ? "SELECT" : privilege));
    }

    boolean mayUpdate(TableName table, String column) throws SQLException {
        return "t"
                .equals(Sql.value(
                        superuser(),
                        "select pg_catalog.has_column_privilege(?, ?, ?, 'UPDATE')",
                        origin.setup().roles().application(),
                        table.sql(),
                        column));
    }

    /** Some JDBC code. */
    @FunctionalInterface
    interface PlainSql<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    @Override
    public synchronized void close() {
        Contents made = contents;
        contents = null;
        if (made != null) {
            try {
                made.connections().close();
                made.superuser().close();
                made.database().close();
            } catch (SQLException e) {
                throw new IllegalStateException("The database of the contract cannot be dropped", e);
            }
        }
    }
}
