package dev.boundary.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.doctor.Rule.Severity;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.InstallBoundary.LeakproofMode;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the doctor expects PostgreSQL to print is what it prints, for every key type, form, and for names and types that
 * are printed in a special way: otherwise a database that nobody touched would be reported as changed.
 */
class ExpectedPolicyTest {

    private static final RoleNames ROLES = RoleNames.DEFAULT;

    @ParameterizedTest
    @CsvSource({
        "UUID, uuid, PINNED, ERROR, app.current_tenant_id",
        "UUID, tenant_uuid, INLINE, ERROR, app.current_tenant_id",
        "BIGINT, bigint, INLINE, EMPTY, my.tenant",
        "INT, integer, PINNED, EMPTY, app.current_tenant_id",
        "TEXT, text, PINNED, ERROR, app.current_tenant_id",
        "TEXT, varchar(20), INLINE, EMPTY, app.current_tenant_id",
        "TEXT, tenant_text, PINNED, ERROR, app.current_tenant_id",
    })
    void nothingHasDrifted(
            TenantKeyType type, String column, PredicateForm form, MissingTenant missing, String variable)
            throws Exception {
        try (TestDatabase database = PostgresServer.shared().createDatabase()) {
            TestDatabase.execute(
                    database.owner(),
                    "create domain tenant_uuid as uuid",
                    "create domain tenant_text as varchar(30)",
                    "create schema \"My Schema\"",
                    "create table \"My Schema\".\"Order\" (\"Tenant Id\" " + column
                            + " not null, \"select\" varchar(10)" + " unique, primary key (\"Tenant Id\", \"select\"))",
                    "create table line (\"order\" varchar(10) not null references \"My Schema\".\"Order\" (\"select\"),"
                            + " \"user\" int not null, primary key (\"order\", \"user\"), unique (\"user\", \"order\"))",
                    "create table \"Note\" (id int primary key, line varchar(10) not null, \"user\" int not null,"
                            + " foreign key (\"user\", line) references line (\"user\", \"order\"))",
                    "create table shared (tenant_id " + column + ", id int primary key)",
                    "create table shared_line (id int primary key, shared_id int not null references shared (id))",
                    "create table event (tenant_id " + column + " not null, day int) partition by range (day)",
                    "create table event_1 partition of event for values from (0) to (100)",
                    "create table notice (tenant_id " + column + ", day int) partition by range (day)",
                    "create table visit (shared_id int not null references shared (id), day int)"
                            + " partition by list (day)");
            DoctorDatabase.apply(
                    database,
                    new InstallBoundary(type, new SessionVariable(variable), missing, form, LeakproofMode.AUTO));
            DoctorDatabase.apply(database, new CreateBoundaryRoles(ROLES, "public"));
            Set<TablePrivilege> all = TablePrivilege.ALL;
            DoctorDatabase.apply(
                    database,
                    TableChanges.protectTable(
                            new TableName("My Schema", "Order"), TableRows.byTenantColumn("Tenant Id"), ROLES, all));
            DoctorDatabase.apply(
                    database,
                    TableChanges.protectTable(TableName.of("line"), TableRows.byForeignKey("order"), ROLES, all));
            DoctorDatabase.apply(
                    database,
                    TableChanges.protectTable(
                            TableName.of("Note"), TableRows.byForeignKey("line", "user"), ROLES, all));
            DoctorDatabase.apply(
                    database,
                    TableChanges.protectTable(TableName.of("shared"), TableRows.mixed("tenant_id"), ROLES, all));
            DoctorDatabase.apply(
                    database,
                    TableChanges.protectTable(
                            TableName.of("shared_line"), TableRows.byForeignKey("shared_id"), ROLES, all));
            DoctorDatabase.apply(
                    database,
                    TableChanges.protectTable(
                            TableName.of("event"),
                            TableRows.byTenantColumn("tenant_id").inPartitions(),
                            ROLES,
                            all));
            DoctorDatabase.apply(
                    database,
                    TableChanges.protectTable(
                            TableName.of("notice"), TableRows.mixed("tenant_id").inPartitions(), ROLES, all));
            DoctorDatabase.apply(
                    database,
                    TableChanges.protectTable(
                            TableName.of("visit"),
                            TableRows.byForeignKey("shared_id").inPartitions(),
                            ROLES,
                            all));
            try (Connection connection = database.application().getConnection()) {
                Report report = Doctor.builder().build().examine(connection);
                assertThat(report.tables()).isEqualTo(8);
                assertThat(report.findings())
                        .filteredOn(finding -> Set.of("BND-034", "BND-035")
                                .contains(finding.rule().id()))
                        .isEmpty();
                assertThat(report.atLeast(Severity.HIGH)).isEmpty();
            }
        }
    }
}
