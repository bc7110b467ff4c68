package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Layers;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.testing.internal.catalog.GeneratedRow;
import dev.boundary.testing.internal.catalog.RowGenerator;
import dev.boundary.testing.internal.jdbc.IdleConnections;
import dev.boundary.testing.internal.jdbc.Recorder;
import dev.boundary.testing.internal.jdbc.RecordingDataSource;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A database with rows of two tenants in every table, and the application's way to it through some layers. */
final class ContractDatabase implements AutoCloseable {

    private static final SqlFile SQL = SqlFile.of(ContractDatabase.class);
    private static final String OWN = "contract-own";
    private static final String OTHER = "contract-other";

    private final DatabaseFixture origin;
    private final TestDatabase database;
    private final Connection superuser;
    private final RowGenerator generator;

    /** Provisioned as those of real tests. */
    private final Tenants tenants;

    /** With the rows that tenant columns reference, and no others. */
    private final Tenants newcomers;

    private final IdleConnections connections;
    private final RecordingDataSource application;
    private final DSLContext dsl;

    private ContractDatabase(DatabaseFixture origin, Layers layers) throws SQLException {
        this.origin = origin;
        database = origin.another();
        superuser = database.superuser().getConnection();
        generator = origin.rowGenerator(superuser);
        tenants = new Tenants(origin.schema().keyType(), this::provision);
        newcomers = new Tenants(origin.schema().keyType(), (tenant, name) -> generateReferenced(tenant));
        connections = new IdleConnections(
                withTexts(database.application()),
                origin.setup().sessionVariable().name());
        application = new RecordingDataSource(connections, new Recorder(_ -> {}));
        dsl = origin.setup()
                .configure(origin.boundary().admin(database.admin()))
                .layers(layers)
                .build()
                .dsl(application);
    }

    /** Every bind value is a text, of whatever type its column is. */
    private static PGSimpleDataSource withTexts(PGSimpleDataSource dataSource) {
        dataSource.setStringType("unspecified");
        return dataSource;
    }

    /** Creates the database and its rows. */
    static ContractDatabase create(DatabaseFixture origin, Layers layers, TenantRowCounter rows) throws SQLException {
        ContractDatabase created = new ContractDatabase(origin, layers);
        if (layers == Layers.QUERY_ONLY) {
            created.removeProtection();
        }
        created.generate(created.own().asText(), table -> table.classification().hasTenantRows());
        created.generate(
                created.other().asText(), table -> table.classification().hasTenantRows());
        created.generate(null, rows::hasShared);
        return created;
    }

    /** Disables policies, and grants the privileges that the application lacks. */
    private void removeProtection() throws SQLException {
        for (List<@Nullable String> table : Jdbc.rows(superuser, SQL.text("protected-tables"))) {
            Jdbc.run(superuser, "alter table " + table.getFirst() + " disable row level security");
        }
        for (TableName table : origin.ownership().keySet()) {
            if (origin.catalog().find(table).isPresent()) {
                Jdbc.run(superuser, grantOf(table));
            }
        }
    }

    private String grantOf(TableName table) {
        return SQL.template("grant-everything")
                .fragment("table", table.quoted())
                .identifier("role", origin.setup().roles().application())
                .fill();
    }

    /** Generates a row of a tenant, or a shared one, in some tables. */
    private void generate(@Nullable String tenant, Predicate<ClassifiedTable> tables) throws SQLException {
        for (ClassifiedTable table : origin.setup().schema().tables()) {
            TableName name = TenantTables.name(table.table());
            if (tables.test(table) && find(name, tenant).isEmpty()) {
                generator.generate(name, tenant);
            }
        }
    }

    private void provision(TenantKey tenant, String name) {
        generateReferenced(tenant);
        try {
            origin.setup().provision(database, tenant, name);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "Tenant \"" + name + "\" (" + tenant + ") cannot be provisioned: " + e.getMessage(), e);
        }
    }

    private void generateReferenced(TenantKey tenant) {
        try {
            generator.generateReferenced(tenant.asText());
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "Cannot generate the rows that tenant columns reference, for tenant " + tenant + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** The tenant whose scope is open. */
    TenantKey own() {
        return tenants.named(OWN);
    }

    /** The tenant whose rows must stay out of reach. */
    TenantKey other() {
        return tenants.named(OTHER);
    }

    /** A tenant without rows, except those that its tenant columns reference. */
    TenantKey newcomer() {
        return newcomers.unique("contract-newcomer");
    }

    DSLContext dsl() {
        return dsl;
    }

    RowGenerator generator() {
        return generator;
    }

    Connection superuser() {
        return superuser;
    }

    GeneratedRow row(TableName table, TenantKey tenant) {
        return find(table, tenant.asText())
                .orElseThrow(() -> new AssertionError("There is no row of " + table + " for tenant " + tenant));
    }

    /** The shared row of a table, if it can have one. */
    Optional<GeneratedRow> sharedRow(TableName table) {
        return find(table, null);
    }

    private Optional<GeneratedRow> find(TableName table, @Nullable String tenant) {
        return generator.generated().stream()
                .filter(row -> row.table().equals(table) && Objects.equals(row.tenant(), tenant))
                .findFirst();
    }

    /** Runs plain JDBC as the application role, with the tenant bound, and rolls it back. */
    <T extends @Nullable Object> T plain(ConnectionFunction<T> code) throws SQLException {
        try (Connection connection = application.getConnection()) {
            connection.setAutoCommit(false);
            try {
                origin.bind(connection, own());
                return code.apply(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connections.close();
        superuser.close();
        database.close();
    }
}
