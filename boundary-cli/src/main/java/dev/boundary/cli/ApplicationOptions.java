package dev.boundary.cli;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The application role, which sees one tenant's rows at a time. */
final class ApplicationOptions {

    @Option(
            names = "--app-user",
            paramLabel = "ROLE",
            description = "The application role, for which policies hold. Default: BOUNDARY_APP_USER, or boundary_app.")
    private @Nullable String user;

    RoleDataSource dataSource(DatabaseOptions database, CliEnvironment cliEnvironment) {
        return database.application(user, cliEnvironment);
    }

    /** Where the rows are: follows the open scope if there are regions. */
    DataSource rows(RoleDataSource here, RowPlaces places, DatabaseOptions database, CliEnvironment cliEnvironment) {
        return places.rows(here, url -> database.applicationAt(url, user, cliEnvironment));
    }
}
