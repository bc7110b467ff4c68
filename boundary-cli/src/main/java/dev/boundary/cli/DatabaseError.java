package dev.boundary.cli;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

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

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** What the database said. */
    String sentence() {
        String state = exception.getSQLState();
        return exception.getMessage() + (state == null ? "" : " (SQLSTATE " + state + ")");
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
