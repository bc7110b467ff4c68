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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** A database with two tenants' bookings: acme (1) has two, globex (2) has three; and a third tenant that is suspended. */
final class Shop implements AutoCloseable {

    private static final RoleNames ROLES = RoleNames.DEFAULT;

    private final TestDatabase database;
    private final Connection superuser;

    private Shop(TestDatabase database) throws SQLException {
        this.database = database;
        this.superuser = database.superuser().getConnection();
    }

    static Shop open() throws SQLException {
        return open(PostgresServer.shared());
    }

    static Shop open(PostgresServer server) throws SQLException {
        return new Shop(server.createDatabase("cli-shop", TestRoles.DEFAULT, Shop::create));
    }

    private static void create(TestDatabase database) throws SQLException {
        change(database, InstallBoundary.of(TenantKeyType.BIGINT), new CreateBoundaryRoles(ROLES, "public"));
        TestDatabase.execute(
                database.owner(),
                "create table booking (tenant_id bigint not null, id bigint, note text, primary key (tenant_id, id))",
                "create table line (booking_tenant bigint, booking_id bigint, n int, primary key (booking_tenant,"
                        + " booking_id, n), foreign key (booking_tenant, booking_id) references booking)",
                "create table currency (code text primary key)",
                "create table job_queue (id bigint primary key)");
        change(
                database,
                TableChanges.protectTable(
                        TableName.of("booking"), TableRows.byTenantColumn("tenant_id"), ROLES, TablePrivilege.ALL),
                TableChanges.protectTable(
                        TableName.of("line"),
                        TableRows.byForeignKey("booking_tenant", "booking_id"),
                        ROLES,
                        TablePrivilege.ALL),
                new CreateTenantRegistry(ROLES));
        TestDatabase.execute(
                database.superuser(),
                "insert into booking values (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'c'), (2, 2, 'd'), (2, 3, 'e')",
                "insert into boundary.tenant (tenant_key, slug, name, region, state, attributes) values"
                        + " (1, 'acme', 'Acme', 'eu', 'ACTIVE', '{\"plan\": \"gold\"}'),"
                        + " (2, 'globex', E'Globex \\x1b[31m=1+1', 'us', 'ACTIVE', '{}'),"
                        + " (3, 'hooli', '=Hooli', null, 'SUSPENDED', '{}')");
    }

    private static void change(TestDatabase database, RlsChange... changes) throws SQLException {
        PGSimpleDataSource asPsql = database.owner();
        asPsql.setPreferQueryMode(PreferQueryMode.SIMPLE);
        TestDatabase.execute(
                asPsql,
                Stream.of(changes).flatMap(change -> change.apply().stream()).toArray(String[]::new));
    }

    /** As the superuser, on a connection that stays open. */
    void execute(String... statements) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of a query's only row, as the superuser. */
    String value(String query) throws SQLException {
        try (Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
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
        superuser.close();
        database.close();
    }
}
