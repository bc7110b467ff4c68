package dev.boundary.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The application role, which sees one tenant's rows at a time. */
final class ApplicationOptions {

    @Option(
            names = "--app-user",
            paramLabel = "ROLE",
            description = "The application role, for which policies hold. Default: BOUNDARY_APP_USER, or boundary_app.")
    private @Nullable String user;

    RoleDataSource dataSource(DatabaseOptions database, Surroundings surroundings) {
        return database.application(user, surroundings);
    }
}
