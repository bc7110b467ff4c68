package dev.boundary.cli;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the database is and who reads its catalog. */
final class ConnectionOptions {

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            description = "The role to connect as. Default: the role in the URL, PGUSER, or your login.")
    private @Nullable String user;

    /** A connection that reads only. */
    Connection connect(CliEnvironment cliEnvironment) throws SQLException {
        return database.operator(user, cliEnvironment).readOnly().getConnection();
    }
}
