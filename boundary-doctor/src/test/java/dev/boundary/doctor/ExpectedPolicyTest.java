package dev.boundary.doctor;

import static dev.boundary.doctor.DoctorDatabase.protect;
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
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the doctor expects PostgreSQL to print is what it prints, for every key type and form, and for names and types that
 * are printed in a special way: otherwise a database that no one touched would be reported as changed.
 */
class ExpectedPolicyTest {

    private static final RoleNames ROLES = RoleNames.DEFAULT;

    @ParameterizedTest
    @CsvSource({
        "UUID, tenant_uuid, INLINE, ERROR, app.current_tenant_id",
        "BIGINT, bigint, INLINE, EMPTY, my.tenant",
        "INT, integer, PINNED, EMPTY, app.current_tenant_id",
        "TEXT, varchar(20), INLINE, EMPTY, app.current_tenant_id",
        "TEXT, tenant_text, PINNED, ERROR, app.current_tenant_id",
    })
    void nothingHasDrifted(
            TenantKeyType type, String column, PredicateForm form, MissingTenant missing, String variable)
            throws Exception {
        check(column, new InstallBoundary(type, new SessionVariable(variable), missing, form, LeakproofMode.AUTO));
    }

    @ParameterizedTest
    @CsvSource({"UUID, uuid", "TEXT, text"})
    @Tag("long")
    void nothingHasDriftedWithTheDefaults(TenantKeyType type, String column) throws Exception {
        check(column, DoctorDatabase.install(type, PredicateForm.PINNED));
    }

    private static void check(String column, InstallBoundary install) throws SQLException {
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
                    install,
                    new CreateBoundaryRoles(ROLES, "public"),
                    TableChanges.protectTable(
                            new TableName("My Schema", "Order"),
                            TableRows.byTenantColumn("Tenant Id"),
                            ROLES,
                            TablePrivilege.ALL),
                    protect("line", TableRows.byForeignKey("order")),
                    protect("Note", TableRows.byForeignKey("line", "user")),
                    protect("shared", TableRows.mixed("tenant_id")),
                    protect("shared_line", TableRows.byForeignKey("shared_id")),
                    protect("event", TableRows.byTenantColumn("tenant_id").inPartitions()),
                    protect("notice", TableRows.mixed("tenant_id").inPartitions()),
                    protect("visit", TableRows.byForeignKey("shared_id").inPartitions()));
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
