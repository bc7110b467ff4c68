package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.testing.internal.catalog.MadeRow;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.QualifiedName;
import dev.boundary.testing.internal.catalog.RowMaker;
import dev.boundary.testing.internal.catalog.Table;
import dev.boundary.testing.internal.jdbc.IdleConnections;
import dev.boundary.testing.internal.jdbc.Recorder;
import dev.boundary.testing.internal.jdbc.RecordingDataSource;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A database with rows of two tenants in every table, behind some layers. Made when first used. */
final class ContractWorld implements AutoCloseable {

    private static final String OWN = "contract-own";
    private static final String OTHER = "contract-other";

    private final DatabaseFixture origin;
    private final Layers layers;
    private final TenantRowCounter rows;
    private @Nullable Contents contents;
    private @Nullable RuntimeException failure;

    ContractWorld(DatabaseFixture origin, Layers layers) {
        this.origin = origin;
        this.layers = layers;
        this.rows = new TenantRowCounter(origin.setup().schema());
    }

    /**
     * What is there once it is made.
     *
     * @param database the database
     * @param superuser sees and changes everything in it
     * @param privileges a superuser's connection to the original, where the application has the privileges of real life
     * @param maker makes more rows
     * @param tenants are provisioned as those of real tests
     * @param newcomers have the rows that tenant columns refer to, and nothing else
     * @param connections those of the application
     * @param application the same, recorded
     * @param dsl behind the layers
     */
    private record Contents(
            TestDatabase database,
            Connection superuser,
            Connection privileges,
            RowMaker maker,
            Tenants tenants,
            Tenants newcomers,
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
            leaveAlone(superuser);
        }
        RowMaker maker = origin.rowMaker(superuser);
        Tenants tenants =
                new Tenants(origin.schema().keyType(), (tenant, name) -> provision(database, maker, tenant, name));
        Tenants newcomers = new Tenants(origin.schema().keyType(), (tenant, name) -> makeReferenced(maker, tenant));
        for (TenantKey tenant : List.of(tenants.named(OWN), tenants.named(OTHER))) {
            makeRows(maker, tenant.asText(), true);
        }
        makeRows(maker, null, false);
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
        Connection privileges = origin.database().superuser().getConnection();
        return new Contents(database, superuser, privileges, maker, tenants, newcomers, connections, application, dsl);
    }

    private void provision(TestDatabase database, RowMaker maker, TenantKey tenant, String name) {
        makeReferenced(maker, tenant);
        try {
            origin.setup().provision(database, tenant, name);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "Tenant \"" + name + "\" (" + tenant + ") cannot be provisioned: " + e.getMessage(), e);
        }
    }

    private static void makeReferenced(RowMaker maker, TenantKey tenant) {
        try {
            maker.makeReferenced(tenant.asText());
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The rows that refer to tenant " + tenant + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** A row in every table, of a tenant or shared. */
    private void makeRows(RowMaker maker, @Nullable String tenant, boolean ofTenant) throws SQLException {
        for (ClassifiedTable table : origin.setup().schema().tables()) {
            QualifiedName name = TenantTables.name(table.table());
            boolean wanted = ofTenant ? table.classification().hasTenantRows() : rows.hasShared(table);
            boolean there = maker.made().stream()
                    .anyMatch(row -> row.table().equals(name) && Objects.equals(row.tenant(), tenant));
            if (wanted && !there) {
                maker.make(name, tenant);
            }
        }
    }

    /** Takes away what the database does by itself: policies, and privileges that are missing. */
    private void leaveAlone(Connection superuser) throws SQLException {
        for (List<@Nullable String> row : Jdbc.rows(
                superuser,
                "select cast(oid::pg_catalog.regclass as text) from pg_catalog.pg_class where relrowsecurity")) {
            Jdbc.run(superuser, "alter table " + row.getFirst() + " disable row level security");
        }
        for (QualifiedName table : origin.ownership().keySet()) {
            if (origin.catalog().find(table).isPresent()) {
                Jdbc.run(
                        superuser,
                        "grant select, insert, update, delete, truncate on " + table.sql() + " to "
                                + Quoting.identifier(origin.setup().roles().application()));
            }
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
        return contents().tenants().named(OWN);
    }

    /** The tenant whose rows must stay out of reach. */
    TenantKey other() {
        return contents().tenants().named(OTHER);
    }

    /** A tenant that has no rows yet, but those that its tenant columns refer to. */
    TenantKey newcomer() {
        return contents().newcomers().unique("contract-newcomer");
    }

    /** What the counts must be. */
    TenantRowCounter rows() {
        return rows;
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

    Optional<Table> find(QualifiedName name) {
        return origin.catalog().find(name);
    }

    Table table(QualifiedName name) {
        return find(name)
                .orElseThrow(() -> new AssertionError(
                        "Table " + name + " is declared and is not in the database. Does the change log create it?"));
    }

    Ownership ownership(QualifiedName table) {
        return origin.ownership().getOrDefault(table, Ownership.SHARED);
    }

    MadeRow row(QualifiedName table, TenantKey tenant) {
        return contents().maker().made().stream()
                .filter(row -> row.table().equals(table) && tenant.asText().equals(row.tenant()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No row of " + table + " was made for tenant " + tenant));
    }

    /** The shared row of a table, if it can have one. */
    Optional<MadeRow> sharedRow(QualifiedName table) {
        return contents().maker().made().stream()
                .filter(row -> row.table().equals(table) && row.tenant() == null)
                .findFirst();
    }

    /** Plain JDBC as the application role, with the tenant bound, rolled back at the end. */
    <T extends @Nullable Object> T plain(PlainSql<T> code) throws SQLException {
        try (Connection connection = contents().application().getConnection()) {
            connection.setAutoCommit(false);
            try {
                Jdbc.run(
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

    /** Whether the application role may do something with a table, or with some of its columns. */
    boolean may(String privilege, QualifiedName table) throws SQLException {
        String anyColumn = privilege.equals("DELETE") || privilege.equals("TRUNCATE")
                ? "false"
                : "pg_catalog.has_any_column_privilege(role, relation, privilege)";
        return "t"
                .equals(Jdbc.value(
                        contents().privileges(),
                        "select pg_catalog.has_table_privilege(role, relation, privilege) or " + anyColumn
                                + " from (values (cast(? as name), ?, ?)) asked (role, relation, privilege)",
                        origin.setup().roles().application(),
                        table.sql(),
                        privilege));
    }

    boolean mayUpdate(QualifiedName table, String column) throws SQLException {
        return "t"
                .equals(Jdbc.value(
                        contents().privileges(),
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
                made.privileges().close();
                made.database().close();
            } catch (SQLException e) {
                throw new IllegalStateException("The database of the contract cannot be dropped", e);
            }
        }
    }
}
