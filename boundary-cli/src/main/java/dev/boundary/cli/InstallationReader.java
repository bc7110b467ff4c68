package dev.boundary.cli;

import dev.boundary.rls.internal.catalog.Installation;
import dev.boundary.rls.internal.catalog.InstallationUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;

/** Reads how Boundary is installed in a database, or says what is missing. */
final class InstallationReader {

    private InstallationReader() {}

    static Installation read(Connection connection) throws SQLException {
        try {
            return Installation.read(connection);
        } catch (InstallationUnavailableException e) {
            throw CommandFailedException.database(message(e));
        }
    }

    private static String message(InstallationUnavailableException e) {
        return switch (e.reason()) {
            case NOT_INSTALLED ->
                "Boundary is not installed in database " + e.database()
                        + ". Run the change installBoundary, or what \"boundary script\" prints.";
            case NOT_READABLE ->
                "Role " + e.role() + " may not read boundary.installation."
                        + " Connect as another role, or run the change createBoundaryRoles for this one.";
            case EMPTY ->
                "boundary.installation is empty: the installation was not finished. Run the change installBoundary"
                        + " again.";
        };
    }
}
