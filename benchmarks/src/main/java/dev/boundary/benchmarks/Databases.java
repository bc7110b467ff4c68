package dev.boundary.benchmarks;

import dev.boundary.benchmarks.subject.Address;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Two databases with the same rows: one without row-level security, one with Boundary's. Closing drops both. */
final class Databases implements AutoCloseable {

    private static final List<String> TABLES = List.of("customer", "resource", "booking", "event");

    // Updates stay on their page, and no vacuum comes in between.
    private static final String STORAGE = " with (fillfactor = 70, autovacuum_enabled = false)";

    private final PostgresServer server;
    private final TestDatabase plain;
    private final TestDatabase rls;

    private Databases(PostgresServer server, TestDatabase plain, TestDatabase rls) {
        this.server = server;
        this.plain = plain;
        this.rls = rls;
    }

    static Databases create(DataSize size) throws SQLException {
        PostgresServer server = PostgresServer.shared();
        TestDatabase plain = server.createDatabase();
        TestDatabase rls = server.createDatabase();
        for (TestDatabase database : List.of(plain, rls)) {
            createTables(database);
            fill(database, size);
        }
        TestDatabase.execute(
                plain.owner(),
                "grant select, insert, update, delete on " + String.join(", ", TABLES) + " to "
                        + plain.roles().application());
        protect(rls);
        for (TestDatabase database : List.of(plain, rls)) {
            TestDatabase.execute(database.superuser(), "vacuum analyze", "checkpoint");
        }
        return new Databases(server, plain, rls);
    }

    private static void createTables(TestDatabase database) throws SQLException {
        String key = "id bigint primary key, tenant_id bigint not null, unique (tenant_id, id)";
        TestDatabase.execute(
                database.owner(),
                "create table customer (" + key + ", name text not null)" + STORAGE,
                "create table resource (" + key + ", name text not null)" + STORAGE,
                "create table booking (" + key + ", customer_id bigint not null, resource_id bigint not null,"
                        + " state text not null, note text not null,"
                        + " foreign key (tenant_id, customer_id) references customer (tenant_id, id),"
                        + " foreign key (tenant_id, resource_id) references resource (tenant_id, id))" + STORAGE,
                "create index on booking (tenant_id, customer_id)",
                "create table event (" + key + ", booking_id bigint not null, kind text not null,"
                        + " amount bigint not null,"
                        + " foreign key (tenant_id, booking_id) references booking (tenant_id, id))" + STORAGE);
    }

    private static void fill(TestDatabase database, DataSize size) throws SQLException {
        int tenants = size.tenants();
        TestDatabase.execute(
                database.owner(),
                "insert into customer select i, i %% %1$s, 'Customer ' || i / %1$s from generate_series(0, %1$s * %2$s - 1) i"
                        .formatted(tenants, size.customers()),
                "insert into resource select i, i %% %1$s, 'Room ' || i / %1$s from generate_series(0, %1$s * %2$s - 1) i"
                        .formatted(tenants, size.resources()),
                """
                insert into booking
                select i, i %% %1$s, (i / %1$s) %% %3$s * %1$s + i %% %1$s, (i / %1$s) %% %4$s * %1$s + i %% %1$s,
                  case i / %1$s %% 4 when 0 then 'requested' else 'confirmed' end, 'Note of booking ' || i
                from generate_series(0, %1$s * %2$s - 1) i
                """.formatted(tenants, size.bookings(), size.customers(), size.resources()));
    }

    private static void protect(TestDatabase database) throws SQLException {
        RoleNames roles = RoleNames.DEFAULT;
        Stream<RlsChange> install =
                Stream.of(InstallBoundary.of(TenantKeyType.BIGINT), new CreateBoundaryRoles(roles, "public"));
        Stream<RlsChange> protect = TABLES.stream()
                .map(table -> TableChanges.protectTable(
                        TableName.of(table),
                        TableRows.byTenantColumn("tenant_id"),
                        roles,
                        Set.of(
                                TablePrivilege.SELECT,
                                TablePrivilege.INSERT,
                                TablePrivilege.UPDATE,
                                TablePrivilege.DELETE)));
        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (RlsChange change : Stream.concat(install, protect).toList()) {
                for (String sql : change.apply()) {
                    statement.execute(sql);
                }
            }
            connection.commit();
        }
    }

    /** Where the server listens. */
    InetSocketAddress server() {
        return new InetSocketAddress(server.host(), server.port());
    }

    /** Without anything in between. */
    Address direct() {
        return through(server.host() + ":" + server.port());
    }

    /** Through something that listens at a host and port. */
    Address through(String address) {
        String url = "jdbc:postgresql://" + address + "/";
        return new Address(url + plain.name(), url + rls.name(), plain.roles().application(), plain.password());
    }

    /** What the server calls itself. */
    String version() throws SQLException {
        try (Connection connection = plain.superuser().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show server_version")) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        plain.close();
        rls.close();
    }
}
