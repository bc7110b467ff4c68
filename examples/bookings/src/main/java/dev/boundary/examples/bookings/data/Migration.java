package dev.boundary.examples.bookings.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.ui.LoggerUIService;

/** Runs the change log. */
public final class Migration {

    private static final String CHANGE_LOG = "db/changelog/changelog.xml";
    private static final Logger LIQUIBASE = Logger.getLogger("liquibase"); // a field, so that it keeps its level

    private Migration() {}

    /**
     * Brings a database up to date.
     *
     * @param owner connections of the role that owns the tables
     * @throws SQLException if the database cannot be reached
     * @throws IllegalStateException if the change log fails
     */
    public static void run(DataSource owner) throws SQLException {
        LIQUIBASE.setLevel(Level.WARNING);
        try (Connection connection = owner.getConnection()) {
            Scope.child(Map.of(Scope.Attr.ui.name(), new LoggerUIService()), () -> update(connection));
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) { // Liquibase's Scope declares no narrower type
            throw new IllegalStateException("The change log " + CHANGE_LOG + " failed: " + e.getMessage(), e);
        }
    }

    private static void update(Connection connection) throws Exception {
        Database database =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        new CommandScope(UpdateCommandStep.COMMAND_NAME)
                .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, CHANGE_LOG)
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY, UpdateSummaryEnum.OFF)
                .execute();
    }
}
