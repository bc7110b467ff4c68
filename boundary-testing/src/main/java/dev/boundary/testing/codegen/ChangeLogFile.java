package dev.boundary.testing.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
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
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.LoggerUIService;

/** A Liquibase change log in a folder. */
record ChangeLogFile(Path root, String path) {

    private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

    ChangeLogFile {
        if (!Files.isRegularFile(root.resolve(path))) {
            throw new IllegalArgumentException("There is no change log \"" + path + "\" in " + root.toAbsolutePath()
                    + ". Set the properties rootPath (a folder) and changeLogFile (a path in it) of the code"
                    + " generator's database.");
        }
    }

    /** Runs what the database has not seen yet. */
    @SuppressWarnings("try") // the accessor's close() declares Exception, but waits for nothing
    void update(DataSource dataSource) {
        Level before = LIQUIBASE.getLevel();
        LIQUIBASE.setLevel(Level.WARNING); // each of its steps is an INFO
        try (Connection connection = dataSource.getConnection();
                DirectoryResourceAccessor files = new DirectoryResourceAccessor(root)) {
            // Liquibase reports its progress to the console unless told otherwise.
            Map<String, Object> surroundings =
                    Map.of(Scope.Attr.resourceAccessor.name(), files, Scope.Attr.ui.name(), new LoggerUIService());
            Scope.child(surroundings, () -> update(connection));
        } catch (IOException e) {
            throw new IllegalStateException("The folder " + root.toAbsolutePath() + " cannot be read", e);
        } catch (Exception e) { // Liquibase's Scope declares no narrower type
            throw new IllegalStateException("The change log " + root.resolve(path) + " cannot be run", e);
        } finally {
            LIQUIBASE.setLevel(before);
        }
    }

    private void update(Connection connection) throws Exception {
        Database database =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        new CommandScope(UpdateCommandStep.COMMAND_NAME)
                .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, path)
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY, UpdateSummaryEnum.OFF)
                .execute();
    }
}
