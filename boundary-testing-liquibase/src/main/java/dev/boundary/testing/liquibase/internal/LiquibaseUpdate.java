package dev.boundary.testing.liquibase.internal;

import java.io.OutputStream;
import java.sql.Connection;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Runs all change sets of a change log that a database has not seen yet. */
public final class LiquibaseUpdate {

    private static final Logger LIQUIBASE = Logger.getLogger("liquibase"); // a field, so that it keeps its level

    private LiquibaseUpdate() {}

    /**
     * Runs them, one change log at a time.
     *
     * @param connection a connection to the database, in autocommit; not closed
     * @param files where the change log and what it includes are found
     * @param path the change log's path there
     * @throws Exception what Liquibase throws
     */
    public static synchronized void run(Connection connection, ResourceAccessor files, String path) throws Exception {
        Level configured = LIQUIBASE.getLevel();
        if (configured == null) {
            LIQUIBASE.setLevel(Level.WARNING); // each of its steps is an INFO
        }
        try {
            // Liquibase reports its progress to the console unless told otherwise.
            Map<String, Object> surroundings =
                    Map.of(Scope.Attr.resourceAccessor.name(), files, Scope.Attr.ui.name(), new LoggerUIService());
            Scope.child(surroundings, () -> update(connection, path));
        } finally {
            LIQUIBASE.setLevel(configured);
        }
    }

    private static void update(Connection connection, String path) throws Exception {
        Database database =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        new CommandScope(UpdateCommandStep.COMMAND_NAME)
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, path)
                .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY, UpdateSummaryEnum.OFF)
                .setOutput(OutputStream.nullOutputStream())
                .execute();
    }
}
