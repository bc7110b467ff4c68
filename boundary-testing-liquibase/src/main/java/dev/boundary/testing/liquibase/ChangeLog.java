package dev.boundary.testing.liquibase;

import dev.boundary.testing.liquibase.internal.LiquibaseUpdate;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import liquibase.resource.ClassLoaderResourceAccessor;

/**
 * Runs a Liquibase change log on a test database, for example in {@code DatabaseSetup.migrate} of boundary-testing.
 *
 * @since 0.1
 */
public final class ChangeLog {

    private ChangeLog() {}

    /**
     * Runs all change sets, as the owner role.
     *
     * @param database the database
     * @param path the change log's path on the class path
     * @throws SQLException if it cannot be read or a change set fails; the cause is Liquibase's
     */
    @SuppressWarnings("try") // the accessor's close() declares Exception, but does not block
    public static void update(TestDatabase database, String path) throws SQLException {
        try (Connection connection = database.owner().getConnection();
                ClassLoaderResourceAccessor files = new ClassLoaderResourceAccessor()) {
            new LiquibaseUpdate(files, path).run(connection);
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) { // what Liquibase declares
            throw new SQLException("The change log " + path + " failed: " + e.getMessage(), e);
        }
    }
}
