package dev.boundary.cli;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The admin role, which writes the registry. */
final class AdminOptions {

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            description = "The admin role, which keeps the registry. Default: that of the URL, PGUSER, or your login.")
    private @Nullable String user;

    RoleDataSource dataSource(DatabaseOptions database, CliEnvironment cliEnvironment) {
        return database.operator(user, cliEnvironment);
    }

    /** Where the rows are: follows the open scope if there are regions. */
    DataSource rows(RoleDataSource here, RowPlaces places, DatabaseOptions database, CliEnvironment cliEnvironment) {
        return places.rows(here, url -> database.operatorAt(url, user, cliEnvironment));
    }
}
