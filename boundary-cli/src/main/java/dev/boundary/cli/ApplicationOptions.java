package dev.boundary.cli;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The application role, which sees one tenant's rows at a time. */
final class ApplicationOptions {

    @Option(
            names = "--app-user",
            paramLabel = "ROLE",
            description = "The application role, which policies restrict. Default: BOUNDARY_APP_USER, or boundary_app.")
    private @Nullable String user;

    RoleDataSource dataSource(DatabaseOptions database, CliEnvironment cliEnvironment) {
        return database.application(user, cliEnvironment);
    }

    /** Connections to the rows: with regions, to the one of the open scope's tenant. */
    DataSource rows(
            RoleDataSource here, RegionOptions regions, DatabaseOptions database, CliEnvironment cliEnvironment) {
        return regions.rows(here, url -> database.applicationAt(url, user, cliEnvironment));
    }
}
