package dev.boundary.cli;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An error of the database or of the way to it, for people. */
record DatabaseError(SQLException exception) {

    private static final String PASSWORD = " Put the role's password into PGPASSWORD (BOUNDARY_APP_PASSWORD for the"
            + " application role) or ~/.pgpass, or use -W.";

    /** By SQLSTATE. */
    private static final Map<String, String> ADVICE = Map.of(
            "28P01",
            PASSWORD,
            "28000",
            PASSWORD,
            "08004",
            PASSWORD,
            "08001",
            " Check the host and the port, and that the server is running.",
            "3D000",
            " Check the name of the database.",
            "25006",
            " This command only reads.");

    /** SQLSTATE invalid_sql_statement_name, and duplicate_prepared_statement. */
    private static final Set<String> LOST_STATEMENT = Set.of("26000", "42P05");

    private static final String POOLER = ". A pooler in transaction mode loses prepared statements: add"
            + " prepareThreshold=0 to the URL, or let it keep them (PgBouncer's max_prepared_statements).";

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** What the database said, and what to do if a pooler is behind it. */
    String sentence() {
        String message = String.valueOf(exception.getMessage());
        String state = exception.getSQLState();
        return state == null ? message : message + " (SQLSTATE " + state + ")" + ofPooler(state);
    }

    private static String ofPooler(String state) {
        return LOST_STATEMENT.contains(state) ? POOLER : "";
    }

    /** What to do, or an empty text. */
    String advice() {
        String state = String.valueOf(exception.getSQLState());
        return state.equals(INSUFFICIENT_PRIVILEGE) ? ofPrivilege() : ADVICE.getOrDefault(state, "");
    }

    private String ofPrivilege() {
        String message = String.valueOf(exception.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("permission denied")
                ? " Connect as a role that has the privilege: --user for the admin role, --app-user for the application"
                        + " role."
                : "";
    }
}
