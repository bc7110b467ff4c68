package dev.boundary.cli;

import dev.boundary.core.SessionVariable;
import dev.boundary.doctor.Doctor;
import dev.boundary.doctor.Expectations;
import dev.boundary.doctor.Report;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which database, roles and tables the doctor examines. */
final class ExaminationOptions {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private TableOptions tables = new TableOptions();

    @Option(
            names = "--app-role",
            paramLabel = "ROLE",
            description = "A role that a service connects as; may be given several times. Default: the connected role.")
    private List<String> applicationRoles = new ArrayList<>();

    @Option(
            names = "--tenant-column",
            paramLabel = "COLUMN",
            defaultValue = "tenant_id",
            description = "An unnamed table with this column holds tenants' rows. Default: ${DEFAULT-VALUE}.")
    private String tenantColumn = "tenant_id";

    @Option(names = "--exempt", paramLabel = "TABLE=REASON", description = "A table that the doctor leaves out.")
    private Map<String, String> exempt = new LinkedHashMap<>();

    @Option(
            names = "--session-variable",
            paramLabel = "NAME",
            defaultValue = "app.current_tenant_id",
            description = "The setting that policies read, if Boundary is not installed. Default: ${DEFAULT-VALUE}.")
    private String sessionVariable = "app.current_tenant_id";

    Report examine(CliEnvironment cliEnvironment) throws SQLException {
        try (Connection open = connection.connect(cliEnvironment)) {
            return doctor().examine(open);
        }
    }

    String protect(CliEnvironment cliEnvironment, String ownerRole, String adminRole) throws SQLException {
        try (Connection open = connection.connect(cliEnvironment)) {
            return doctor().protect(open, ownerRole, adminRole);
        }
    }

    private Doctor doctor() {
        Doctor.Builder doctor = Doctor.builder()
                .sessionVariable(new SessionVariable(sessionVariable))
                .expectations(expectations());
        applicationRoles.forEach(doctor::applicationRole);
        return doctor.build();
    }

    private Expectations expectations() {
        Expectations.Builder builder = Expectations.builder().tenantColumn(tenantColumn);
        tables.tenant().forEach(builder::tenant);
        tables.child().forEach(builder::child);
        tables.mixed().forEach(builder::mixed);
        tables.global().forEach(builder::global);
        exempt.forEach((table, reason) -> builder.exempt(TableOptions.table(table), reason));
        return builder.build();
    }
}
