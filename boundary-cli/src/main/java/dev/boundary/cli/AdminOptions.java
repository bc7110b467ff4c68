package dev.boundary.cli;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The admin role, which writes the registry. */
final class AdminOptions {

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            description = "The admin role, which maintains the registry. Default: the role in the URL, PGUSER, or your"
                    + " login.")
    private @Nullable String user;

    RoleDataSource dataSource(DatabaseOptions database, CliEnvironment cliEnvironment) {
        return database.operator(user, cliEnvironment);
    }

    /** Connections to the rows: with regions, to the one of the open scope's tenant. */
    DataSource rows(
            RoleDataSource here, RegionOptions regions, DatabaseOptions database, CliEnvironment cliEnvironment) {
        return regions.rows(here, url -> database.operatorAt(url, user, cliEnvironment));
    }
}
