package dev.boundary.testing.liquibase.internal;

import java.io.OutputStream;
import java.sql.Connection;
import java.util.Map;
import java.util.Objects;
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
import liquibase.exception.LiquibaseException;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Runs the change sets of a change log that a database does not have yet. Safe for use by several threads. */
public final class LiquibaseUpdate {

    private static final Logger LIQUIBASE = Logger.getLogger("liquibase"); // a field, so that it keeps its level

    private final ResourceAccessor files;
    private final String path;

    /**
     * An update by a change log.
     *
     * @param files where the change log and what it includes are found
     * @param path the change log's path there
     */
    public LiquibaseUpdate(ResourceAccessor files, String path) {
        this.files = files;
        this.path = path;
    }

    /**
     * Runs the change sets, one change log at a time.
     *
     * @param connection a connection to the database, in autocommit; not closed
     * @throws Exception what Liquibase throws
     */
    public void run(Connection connection) throws Exception {
        synchronized (LIQUIBASE) {
            Level configured = LIQUIBASE.getLevel();
            LIQUIBASE.setLevel(Objects.requireNonNullElse(configured, Level.WARNING)); // each of its steps is an INFO
            try {
                Scope.child(scope(), () -> update(connection));
            } finally {
                LIQUIBASE.setLevel(configured);
            }
        }
    }

    /** Liquibase reports its progress to the console unless told otherwise. */
    private Map<String, Object> scope() {
        return Map.of(Scope.Attr.resourceAccessor.name(), files, Scope.Attr.ui.name(), new LoggerUIService());
    }

    private void update(Connection connection) throws Exception {
        new CommandScope(UpdateCommandStep.COMMAND_NAME)
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database(connection))
                .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, path)
                .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY, UpdateSummaryEnum.OFF)
                .setOutput(OutputStream.nullOutputStream())
                .execute();
    }

    private static Database database(Connection connection) throws LiquibaseException {
        return DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
    }
}
