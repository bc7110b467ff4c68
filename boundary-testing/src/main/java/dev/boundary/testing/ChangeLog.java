package dev.boundary.testing;

import dev.boundary.testing.postgresql.TestDatabase;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Runs a Liquibase change log on a test database, for {@link DatabaseSetup#migrate}. Needs Liquibase on the class path. */
public final class ChangeLog {

    private ChangeLog() {}

    /**
     * Runs all change sets, as the owner role.
     *
     * @param database the database
     * @param path the change log's path on the class path
     * @throws SQLException if it cannot be read or a change set fails; the cause is Liquibase's
     */
    public static void update(TestDatabase database, String path) throws SQLException {
        try (Connection connection = database.owner().getConnection()) {
            Database liquibase =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            Map<String, Object> scope = Map.of(
                    Scope.Attr.resourceAccessor.name(),
                    new ClassLoaderResourceAccessor(),
                    Scope.Attr.ui.name(),
                    new LoggerUIService());
            Scope.child(scope, () -> update(liquibase, path));
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) { // what Scope.child declares
            throw new SQLException("The change log " + path + " failed: " + e.getMessage(), e);
        }
    }

    private static void update(Database liquibase, String path) throws LiquibaseException {
        new CommandScope(UpdateCommandStep.COMMAND_NAME)
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, liquibase)
                .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, path)
                .setOutput(OutputStream.nullOutputStream())
                .execute();
    }
}
