package dev.boundary.jooq.codegen;

import dev.boundary.testing.liquibase.internal.LiquibaseUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import javax.sql.DataSource;
import liquibase.resource.DirectoryResourceAccessor;

/** A Liquibase change log in a folder. */
record ChangeLogFile(Path root, String path) {

    private static final String BOUNDARY_CHANGES = "www.boundary.dev/xml/ns/boundary-1.0.xsd";
    private static final String ADVICE =
            "\nIf it has changes of Boundary, add dev.boundary:boundary-rls-migrations to the dependencies of the code"
                    + " generator (of its plugin, with Maven).";

    ChangeLogFile {
        if (!Files.isRegularFile(root.resolve(path))) {
            throw new IllegalArgumentException("There is no change log \"" + path + "\" in " + root.toAbsolutePath()
                    + ". Set the properties rootPath (a folder) and changeLogFile (a path in it) of the code"
                    + " generator's database.");
        }
    }

    /** Runs the change sets that the database does not have yet. */
    @SuppressWarnings("try") // the accessor's close() declares Exception, but waits for nothing
    void update(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                DirectoryResourceAccessor files = new DirectoryResourceAccessor(root)) {
            new LiquibaseUpdate(files, path).run(connection);
        } catch (IOException e) {
            throw new IllegalStateException("The folder " + root.toAbsolutePath() + " cannot be read", e);
        } catch (Exception e) { // what Liquibase declares
            throw new IllegalStateException(failure(e), e);
        }
    }

    private String failure(Exception cause) {
        String advice = adviceWithout(ChangeLogFile.class.getClassLoader());
        return "The change log " + root.resolve(path) + " cannot be run: " + cause.getMessage() + advice;
    }

    /** What to do if Liquibase does not know Boundary's changes. */
    static String adviceWithout(ClassLoader classes) {
        return classes.getResource(BOUNDARY_CHANGES) == null ? ADVICE : "";
    }
}
