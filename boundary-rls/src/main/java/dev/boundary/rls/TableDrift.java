package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/**
 * Compares a table with what the change that protected it made. Policies are compared as PostgreSQL prints them with
 * those that Boundary would create now, which it does on a temporary table.
 *
 * @param table the table
 * @param roles the roles; the owner is not used
 */
record TableDrift(TableName table, RoleNames roles) {

    private static final SqlFile SQL = SqlFile.of(TableDrift.class);

    /** One sentence for each difference. */
    List<String> find(Connection connection) throws SQLException {
        // A block takes no parameters and returns no rows: what it finds comes back in a setting.
        try (Statement statement = connection.createStatement()) {
            statement.execute(check());
        }
        return Objects.requireNonNull(Jdbc.value(connection, SQL.text("result")))
                .lines()
                .toList();
    }

    private String check() {
        String declarations = SQL.template("declarations")
                .literal("quotedTable", table.quoted())
                .fill();
        String check = SQL.template("check")
                .literal("schemaName", table.schema())
                .literal("tableName", table.table())
                .literal("table", table.toString())
                .fragment("checkCatalog", checkCatalog())
                .fragment("checkPolicies", checkPolicies())
                .fill();
        return new PlpgsqlBlock(declarations, lines(Guards.installed(), check)).sql();
    }

    private String checkCatalog() {
        return SQL.template("check-catalog")
                .literal("application", roles.application())
                .fill();
    }

    private String checkPolicies() {
        String temporary = "pg_temp." + Quoting.identifier(table.table());
        return SQL.template("check-policies")
                .fragment("temporary", temporary)
                .fragment("quotedTable", table.quoted())
                .fragment(
                        "createTenantPolicies",
                        new PolicySteps(table).createTenantPolicies(temporary, roles.application()))
                .literal("createAdminPolicy", PolicySteps.createAdminPolicy(temporary, roles.admin()))
                .fragment("expected", policiesOf("pg_catalog.to_regclass(" + Quoting.literal(temporary) + ")"))
                .fragment("actual", policiesOf("rel"))
                .fill();
    }

    private static String policiesOf(String rel) {
        return SQL.template("policies-of").fragment("rel", rel).fill();
    }
}
