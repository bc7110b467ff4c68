package dev.boundary.cli;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/** What the database said, for people. */
final class DatabaseErrors {

    /** SQLSTATE invalid_sql_statement_name, and duplicate_prepared_statement. */
    private static final Set<String> LOST_STATEMENT = Set.of("26000", "42P05");

    private DatabaseErrors() {}

    static String sentence(SQLException error) {
        String message = String.valueOf(error.getMessage());
        String state = error.getSQLState();
        return message
                + (state == null ? "" : " (SQLSTATE " + state + ")")
                + (LOST_STATEMENT.contains(String.valueOf(state))
                        ? ". A pooler in transaction mode loses prepared statements: add prepareThreshold=0 to the"
                                + " URL, or let it keep them (PgBouncer's max_prepared_statements)."
                        : "");
    }

    /** What to do about an error on the way to the database, or an empty text. */
    static String advice(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return switch (state) {
            case "28P01", "28000", "08004" ->
                " Put the role's password into PGPASSWORD (BOUNDARY_APP_PASSWORD for the"
                        + " application role) or ~/.pgpass, or use -W.";
            case "08001" -> " Look at host and port, and whether the server runs.";
            case "3D000" -> " Look at the name of the database.";
            case "42501" ->
                String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT).contains("permission denied")
                        ? " Connect as a role that may: --user for the admin role, --app-user for the application role."
                        : "";
            case "25006" -> " This command only reads.";
            default -> "";
        };
    }
}
