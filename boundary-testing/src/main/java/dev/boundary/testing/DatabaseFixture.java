package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.RoleBypass;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.RelationNames;
import dev.boundary.testing.internal.catalog.RowGenerator;
import dev.boundary.testing.internal.catalog.RowOverride;
import dev.boundary.testing.internal.catalog.TypedCatalog;
import dev.boundary.testing.internal.jdbc.IdleConnections;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test database with what the tests know of it. Safe for use by several threads. */
final class DatabaseFixture implements AutoCloseable {

    /** The configuration parameter for how long checks wait for a lock that a test may hold, in milliseconds. */
    static final String LOCK_TIMEOUT_PARAMETER = "boundary.test.lock.timeout";

    private static final int LOCK_TIMEOUT = 500;

    private final PostgresServer server;
    private final DatabaseSetup setup;
    private final Optional<Mutation> mutation;
    private final int lockTimeout;
    private final TestDatabase database;
    private final TenantSchema schema;
    private final Map<TableName, Ownership> ownership;
    private final TypedCatalog catalog;
    private final RelationNames relations;
    private final RowOverride override;
    private final IdleConnections applicationConnections;
    private final Tenants tenants;
    private final CoverageLog coverage;

    private DatabaseFixture(PostgresServer server, DatabaseSetup setup, TestDatabase database, ExtensionContext context)
            throws SQLException {
        this.server = server;
        this.setup = setup;
        this.database = database;
        mutation = context.getConfigurationParameter(Mutation.PARAMETER).map(Mutation::parse);
        lockTimeout = context.getConfigurationParameter(LOCK_TIMEOUT_PARAMETER, Integer::parseInt)
                .orElse(LOCK_TIMEOUT);
        TenantSchema declared = setup.schema();
        schema = mutation.orElse(Mutation.NONE).apply(declared);
        ownership = TenantTables.ownership(declared);
        CanaryRows rows = new CanaryRows();
        setup.rows(rows);
        override = rows.override();
        applicationConnections = new IdleConnections(
                database.application(), setup.sessionVariable().name());
        tenants = new Tenants(schema.keyType(), this::provision);
        try (Connection superuser = database.superuser().getConnection()) {
            catalog = TypedCatalog.read(superuser);
            mutation.orElse(Mutation.NONE).apply(superuser, setup.roles().application());
            relations = RelationNames.read(superuser, ownership);
            coverage = Coverage.of(context).log(setup, ownership, superuser);
        }
    }

    static DatabaseFixture create(DatabaseRequest request, ExtensionContext context) {
        DatabaseSetup setup = request.newSetup(context);
        try {
            return create(request.server(), setup, context);
        } catch (SQLException e) {
            throw new ExtensionConfigurationException(
                    setup.getClass().getName() + " cannot create the database for "
                            + context.getRequiredTestClass().getName() + ": " + e.getMessage(),
                    e);
        }
    }

    private static DatabaseFixture create(PostgresServer server, DatabaseSetup setup, ExtensionContext context)
            throws SQLException {
        TestDatabase database = server.createDatabase(setup.getClass().getName(), setup.roles(), setup::migrate);
        try {
            assertCannotBypass(database);
            return new DatabaseFixture(server, setup, database, context);
        } catch (SQLException | RuntimeException | AssertionError e) {
            database.close();
            throw e;
        }
    }

    private static void assertCannotBypass(TestDatabase database) throws SQLException {
        try (Connection application = database.application().getConnection()) {
            List<String> findings = RoleBypass.find(application);
            if (!findings.isEmpty()) {
                throw new AssertionError(
                        "The application role can bypass row-level security, so these tests would prove"
                                + " nothing:\n  - " + String.join("\n  - ", findings));
            }
        }
    }

    /** Inserts the rows that tenant columns reference, then those of the project. */
    private void provision(TenantKey tenant, String name) {
        try {
            try (Connection superuser = database.superuser().getConnection()) {
                rowGenerator(superuser).generateReferenced(tenant.asText());
            }
            setup.provision(database, tenant, name);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "Tenant \"" + name + "\" (" + tenant + ") cannot be provisioned: " + e.getMessage(), e);
        }
    }

    /** A fresh database with the same contents. */
    TestDatabase another() throws SQLException {
        TestDatabase copy = server.createDatabase(setup.getClass().getName(), setup.roles(), setup::migrate);
        try (Connection superuser = copy.superuser().getConnection()) {
            mutation.orElse(Mutation.NONE).apply(superuser, setup.roles().application());
        }
        return copy;
    }

    /** Whether a self-test removed some protection. */
    boolean mutated() {
        return mutation.isPresent();
    }

    RowGenerator rowGenerator(Connection superuser) {
        return new RowGenerator(
                superuser, catalog, ownership, override, setup.sessionVariable().name());
    }

    /** A builder for the declaration of the tests. */
    Boundary.Builder boundary() {
        return Boundary.builder(schema).sessionVariable(setup.sessionVariable());
    }

    /** Limits how long a transaction waits for a lock: a test may hold it, and will not end meanwhile. */
    void limitLockWaits(Connection connection) throws SQLException {
        Jdbc.run(connection, "select pg_catalog.set_config('lock_timeout', ?, true)", lockTimeout + "ms");
    }

    /** Binds a tenant to a transaction of the application. */
    void bind(Connection connection, TenantKey tenant) throws SQLException {
        String variable = setup.sessionVariable().name();
        Jdbc.run(connection, "select pg_catalog.set_config(?, ?, true)", variable, tenant.asText());
    }

    DatabaseSetup setup() {
        return setup;
    }

    TestDatabase database() {
        return database;
    }

    TenantSchema schema() {
        return schema;
    }

    Map<TableName, Ownership> ownership() {
        return ownership;
    }

    TypedCatalog catalog() {
        return catalog;
    }

    RelationNames relations() {
        return relations;
    }

    IdleConnections applicationConnections() {
        return applicationConnections;
    }

    CoverageLog coverage() {
        return coverage;
    }

    Tenants tenants() {
        return tenants;
    }

    @Override
    public void close() throws SQLException {
        applicationConnections.close();
        database.close();
    }
}
