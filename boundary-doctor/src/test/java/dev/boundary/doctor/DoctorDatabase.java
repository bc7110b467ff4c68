package dev.boundary.doctor;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.CreateTenantRegistry;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.InstallBoundary.LeakproofMode;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.InstallBoundary.PredicateForm;
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
import java.util.List;
import java.util.Set;

/** A database protected by Boundary's own changes, without a finding. */
final class DoctorDatabase {

    private static final List<String> TABLES = List.of(
            """
            create table customer (tenant_id uuid not null, id uuid not null, name text not null,
              primary key (tenant_id, id))""",
            """
            create table booking (tenant_id uuid not null, id uuid not null unique, customer_id uuid, title text,
              primary key (tenant_id, id),
              foreign key (tenant_id, customer_id) references customer (tenant_id, id))""",
            "create table booking_line (booking_id uuid not null references booking (id), line int not null,"
                    + " primary key (booking_id, line))",
            "create table line_note (booking_id uuid not null, line int not null, id uuid primary key,"
                    + " foreign key (booking_id, line) references booking_line)",
            "create table template (tenant_id uuid, id uuid primary key, body text)",
            "create table currency (code text primary key)");

    private DoctorDatabase() {}

    static TestDatabase create() throws SQLException {
        return PostgresServer.shared().createDatabase("doctor", TestRoles.DEFAULT, DoctorDatabase::build);
    }

    private static void build(TestDatabase database) throws SQLException {
        TestDatabase.execute(database.owner(), TABLES.toArray(String[]::new));
        RoleNames roles = RoleNames.DEFAULT;
        apply(
                database,
                install(TenantKeyType.UUID, PredicateForm.PINNED),
                new CreateBoundaryRoles(roles, "public"),
                new CreateTenantRegistry(roles),
                protect("customer", TableRows.byTenantColumn("tenant_id")),
                protect("booking", TableRows.byTenantColumn("tenant_id")),
                protect("booking_line", TableRows.byForeignKey("booking_id")),
                protect("line_note", TableRows.byForeignKey("booking_id", "line")),
                protect("template", TableRows.mixed("tenant_id")),
                TableChanges.grantGlobalTable(TableName.of("currency"), roles, Set.of(TablePrivilege.SELECT)));
    }

    /** With all privileges for the application. */
    static RlsChange protect(String table, TableRows rows) {
        return TableChanges.protectTable(TableName.of(table), rows, RoleNames.DEFAULT, TablePrivilege.ALL);
    }

    static InstallBoundary install(TenantKeyType type, PredicateForm form) {
        return new InstallBoundary(type, SessionVariable.DEFAULT, MissingTenant.ERROR, form, LeakproofMode.AUTO);
    }

    /** Each change in a transaction, all on one connection. */
    static void apply(TestDatabase database, RlsChange... changes) throws SQLException {
        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (RlsChange change : changes) {
                for (String sql : change.apply()) {
                    statement.execute(sql);
                }
                connection.commit();
            }
        }
    }
}
