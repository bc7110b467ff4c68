package dev.boundary.cli;

import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.CreateTenantRegistry;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** A database with two tenants' bookings: acme (1) has two, globex (2) has three; and a third tenant that is suspended. */
final class Shop implements AutoCloseable {

    private final TestDatabase database;

    private Shop(TestDatabase database) {
        this.database = database;
    }

    static Shop open() throws SQLException {
        return open(PostgresServer.shared());
    }

    static Shop open(PostgresServer server) throws SQLException {
        return new Shop(server.createDatabase("cli-shop", TestRoles.DEFAULT, database -> new Shop(database).create()));
    }

    private void create() throws SQLException {
        RoleNames roles = RoleNames.DEFAULT;
        change(InstallBoundary.of(TenantKeyType.BIGINT));
        change(new CreateBoundaryRoles(roles, "public"));
        TestDatabase.execute(
                database.owner(),
                "create table booking (tenant_id bigint not null, id bigint, note text, primary key (tenant_id, id))",
                "create table line (booking_tenant bigint, booking_id bigint, n int, primary key (booking_tenant,"
                        + " booking_id, n), foreign key (booking_tenant, booking_id) references booking)",
                "create table currency (code text primary key)",
                "create table job_queue (id bigint primary key)");
        change(TableChanges.protectTable(
                TableName.of("booking"), TableRows.byTenantColumn("tenant_id"), roles, TablePrivilege.ALL));
        change(TableChanges.protectTable(
                TableName.of("line"),
                TableRows.byForeignKey(java.util.List.of("booking_tenant", "booking_id")),
                roles,
                TablePrivilege.ALL));
        TestDatabase.execute(
                database.superuser(),
                "insert into booking values (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'c'), (2, 2, 'd'), (2, 3, 'e')");
        change(new CreateTenantRegistry(roles));
        TestDatabase.execute(
                database.superuser(),
                "insert into boundary.tenant (tenant_key, slug, name, region, state, attributes) values"
                        + " (1, 'acme', 'Acme', 'eu', 'ACTIVE', '{\"plan\": \"gold\"}'),"
                        + " (2, 'globex', E'Globex \\x1b[31m=1+1', 'us', 'ACTIVE', '{}'),"
                        + " (3, 'hooli', '=Hooli', null, 'SUSPENDED', '{}')");
    }

    void change(RlsChange change) throws SQLException {
        PGSimpleDataSource asPsql = database.owner();
        asPsql.setPreferQueryMode(PreferQueryMode.SIMPLE);
        try (Connection connection = asPsql.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : change.apply()) {
                statement.execute(sql);
            }
        }
    }

    TestDatabase database() {
        return database;
    }

    /** A command line that reaches it by its environment, as the application role and as the admin role. */
    Cli cli() {
        return new Cli()
                .with("BOUNDARY_URL", database.jdbcUrl())
                .with("PGUSER", database.roles().admin())
                .with("PGPASSWORD", database.password())
                .with("BOUNDARY_APP_PASSWORD", database.password());
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
