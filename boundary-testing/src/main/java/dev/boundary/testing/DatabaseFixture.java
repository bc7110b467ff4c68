package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.internal.catalog.RoleBypass;
import dev.boundary.testing.internal.catalog.Catalog;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.QualifiedName;
import dev.boundary.testing.internal.catalog.RelationNames;
import dev.boundary.testing.internal.catalog.RowMaker;
import dev.boundary.testing.internal.catalog.RowOverride;
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

/** A test database with what is known about it. Safe for use by several threads. */
final class DatabaseFixture implements AutoCloseable {

    private final PostgresServer server;
    private final DatabaseSetup setup;
    private final Optional<Mutation> mutation;
    private final TestDatabase database;
    private final TenantSchema schema;
    private final Map<QualifiedName, Ownership> ownership;
    private final Catalog catalog;
    private final RelationNames relations;
    private final RowOverride override;
    private final IdleConnections applicationConnections;
    private final Tenants tenants;
    private final CoverageLog coverage;

    private DatabaseFixture(
            PostgresServer server,
            DatabaseSetup setup,
            TestDatabase database,
            Coverage coverage,
            Optional<Mutation> mutation)
            throws SQLException {
        this.server = server;
        this.setup = setup;
        this.database = database;
        this.mutation = mutation;
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
            catalog = Catalog.read(superuser);
            mutation.orElse(Mutation.NONE).apply(superuser, this);
            relations = RelationNames.read(superuser, ownership);
            this.coverage = coverage.log(setup, ownership, superuser);
        }
    }

    static DatabaseFixture create(DatabaseSetup setup, BoundaryTest annotation, ExtensionContext context) {
        try {
            PostgresServer server = annotation.provider().isEmpty()
                    ? PostgresServer.shared()
                    : PostgresServer.shared(annotation.provider());
            return create(server, setup, context);
        } catch (SQLException e) {
            throw new ExtensionConfigurationException(
                    "The database for " + context.getRequiredTestClass().getName() + " cannot be made by "
                            + setup.getClass().getName() + ": " + e.getMessage(),
                    e);
        }
    }

    private static DatabaseFixture create(PostgresServer server, DatabaseSetup setup, ExtensionContext context)
            throws SQLException {
        TestDatabase database = server.createDatabase(setup.getClass().getName(), setup.roles(), setup::migrate);
        try {
            assertCannotBypass(database);
            return new DatabaseFixture(
                    server,
                    setup,
                    database,
                    Coverage.of(context),
                    context.getConfigurationParameter(Mutation.PARAMETER).map(Mutation::parse));
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

    /** The rows that tenant columns refer to, then what the project wants. */
    private void provision(TenantKey tenant, String name) {
        try {
            try (Connection superuser = database.superuser().getConnection()) {
                rowMaker(superuser).makeReferenced(tenant.asText());
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
            mutation.orElse(Mutation.NONE).apply(superuser, this);
        }
        return copy;
    }

    /** Whether a self-test took some protection away. */
    boolean mutated() {
        return mutation.isPresent();
    }

    RowMaker rowMaker(Connection superuser) {
        return new RowMaker(
                superuser, catalog, ownership, override, setup.sessionVariable().name());
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

    Map<QualifiedName, Ownership> ownership() {
        return ownership;
    }

    Catalog catalog() {
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
