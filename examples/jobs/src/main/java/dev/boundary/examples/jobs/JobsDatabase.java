package dev.boundary.examples.jobs;

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
import java.sql.SQLException;
import java.util.List;

/** The tables of the example. A service would create them in a Liquibase change log. */
final class JobsDatabase {

    private JobsDatabase() {}

    static TestDatabase create() throws SQLException {
        TestDatabase database = PostgresServer.shared().createDatabase();
        TestDatabase.execute(
                database.owner(),
                "create table reminder (id bigint generated always as identity primary key, tenant_id bigint not null,"
                        + " text text not null)",
                // db-scheduler's own table, which belongs to no tenant: every process of the service works in it
                """
                create table scheduled_tasks (
                  task_name text not null,
                  task_instance text not null,
                  task_data bytea,
                  execution_time timestamptz,
                  picked boolean not null,
                  picked_by text,
                  last_success timestamptz,
                  last_failure timestamptz,
                  consecutive_failures integer,
                  last_heartbeat timestamptz,
                  version bigint not null,
                  priority smallint,
                  state text,
                  primary key (task_name, task_instance))""",
                "create table set_aside (what text not null, reason text not null, content text not null,"
                        + " set_aside_at timestamptz not null default now())",
                "grant select, insert, update, delete on scheduled_tasks, set_aside to boundary_app");
        List<RlsChange> changes = List.of(
                InstallBoundary.of(TenantKeyType.BIGINT),
                new CreateBoundaryRoles(RoleNames.DEFAULT, "public"),
                TableChanges.protectTable(
                        TableName.of("reminder"),
                        TableRows.byTenantColumn("tenant_id"),
                        RoleNames.DEFAULT,
                        TablePrivilege.ALL));
        TestDatabase.execute(
                database.owner(),
                changes.stream().flatMap(change -> change.apply().stream()).toArray(String[]::new));
        return database;
    }
}
