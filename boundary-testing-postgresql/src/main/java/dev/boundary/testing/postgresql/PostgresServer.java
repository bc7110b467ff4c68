package dev.boundary.testing.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server for tests, found or started once for a test run (a JVM) and stopped with it.
 *
 * <p>Which server that is, is decided by the system property {@value #PROVIDER_PROPERTY} or the environment variable
 * {@value #PROVIDER_VARIABLE}: {@code url}, {@code testcontainers} or {@code embedded}. Without either it is the first
 * of these that is there: a URL given in {@value #URL_PROPERTY} or {@value #URL_VARIABLE}, Testcontainers if it is on
 * the class path and a Docker engine answers, an embedded server if it is on the class path.
 *
 * <p>Safe for use by several threads.
 */
public final class PostgresServer {

    /** System property that chooses the provider: {@code url}, {@code testcontainers} or {@code embedded}. */
    public static final String PROVIDER_PROPERTY = "boundary.test.provider";

    /** Environment variable that chooses the provider, if the system property does not. */
    public static final String PROVIDER_VARIABLE = "BOUNDARY_TEST_PROVIDER";

    /** System property with the JDBC URL of an existing server, with a superuser's name and password in it. */
    public static final String URL_PROPERTY = "boundary.test.url";

    /** Environment variable with the JDBC URL of an existing server, if the system property is not set. */
    public static final String URL_VARIABLE = "BOUNDARY_TEST_URL";

    private static final Object LOCK = new Object();
    private static final Map<String, PostgresServer> STARTED = new HashMap<>();
    private static @Nullable PostgresProvider chosen;

    private final String host;
    private final int port;
    private final String superuser;
    private final @Nullable String superuserPassword;
    private final String password = UUID.randomUUID().toString();
    private final Map<String, String> templates = new HashMap<>();
    private final AutoCloseable process;

    /** For a server that is not ours to stop. */
    PostgresServer(String host, int port, String superuser, @Nullable String superuserPassword) {
        this(host, port, superuser, superuserPassword, () -> {});
    }

    PostgresServer(String host, int port, String superuser, @Nullable String superuserPassword, AutoCloseable process) {
        this.host = host;
        this.port = port;
        this.superuser = superuser;
        this.superuserPassword = superuserPassword;
        this.process = process;
    }

    /**
     * The server of this test run. The first call finds or starts it, which takes about a second for an embedded one.
     *
     * @return the server
     * @throws IllegalStateException if there is none; the message says which were tried and what each needs
     */
    public static PostgresServer shared() {
        synchronized (LOCK) {
            PostgresProvider provider = chosen;
            if (provider == null) {
                provider = PostgresProviders.choose();
                chosen = provider;
            }
            return STARTED.computeIfAbsent(
                    provider.name(), name -> PostgresProviders.choose(name).start());
        }
    }

    /**
     * The server of this test run from a provider that is not the usual one.
     *
     * @param provider {@code url}, {@code testcontainers} or {@code embedded}
     * @return the server
     * @throws IllegalStateException if the provider is none of these or cannot be used; the message says what it needs
     */
    public static PostgresServer shared(String provider) {
        synchronized (LOCK) {
            String name = PostgresProviders.choose(provider).name();
            return STARTED.computeIfAbsent(
                    name, key -> PostgresProviders.choose(key).start());
        }
    }

    /**
     * Stops now the servers that were started for this test run; the next {@link #shared()} starts another. Tests need
     * not call this. A build plugin must: its classes are gone when the JVM ends, so nothing could tidy up then.
     *
     * @throws IllegalStateException if one does not stop
     */
    public static void stopShared() {
        synchronized (LOCK) {
            List<PostgresServer> started = List.copyOf(STARTED.values());
            STARTED.clear();
            started.forEach(PostgresServer::stop);
        }
    }

    private void stop() {
        try {
            process.close();
        } catch (Exception e) { // what AutoCloseable declares
            throw new IllegalStateException("The PostgreSQL for tests on port " + port + " did not stop", e);
        }
    }

    /**
     * Makes an empty database with the {@link TestRoles#DEFAULT default roles}.
     *
     * @return the database
     * @throws SQLException if it cannot be made
     */
    public TestDatabase createDatabase() throws SQLException {
        return createDatabase(TestRoles.DEFAULT);
    }

    /**
     * Makes an empty database.
     *
     * @param roles the names of its roles; made if they are not there
     * @return the database
     * @throws SQLException if it cannot be made
     */
    public TestDatabase createDatabase(TestRoles roles) throws SQLException {
        createRoles(roles);
        return create(newName("test"), "template1", roles);
    }

    /**
     * Makes a database that is a copy of a template. The first call with a name makes the template by running the
     * migration; later calls take milliseconds.
     *
     * @param template a name for the template, unique for the migration and the roles
     * @param roles the names of its roles; made if they are not there
     * @param migration what builds the template
     * @return the database
     * @throws SQLException if it cannot be made
     */
    public TestDatabase createDatabase(String template, TestRoles roles, Migration migration) throws SQLException {
        String source;
        synchronized (templates) {
            source = templates.get(template);
            if (source == null) {
                createRoles(roles);
                source = newName("template");
                migration.run(create(source, "template1", roles));
                templates.put(template, source);
            }
        }
        return create(newName("test"), source, roles);
    }

    /** Builds the contents of a template database. */
    @FunctionalInterface
    public interface Migration {
        /**
         * Builds it. All connections must be closed at the end.
         *
         * @param database the empty database
         * @throws SQLException if it cannot be built
         */
        void run(TestDatabase database) throws SQLException;
    }

    /**
     * The server's host name.
     *
     * @return the name or address
     */
    public String host() {
        return host;
    }

    /**
     * The server's TCP port.
     *
     * @return the port
     */
    public int port() {
        return port;
    }

    String password() {
        return password;
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    PGSimpleDataSource superuser(String database) {
        return dataSource(database, superuser, superuserPassword);
    }

    PGSimpleDataSource dataSource(String database, String role, @Nullable String rolePassword) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {host});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(database);
        dataSource.setUser(role);
        dataSource.setPassword(rolePassword);
        return dataSource;
    }

    void drop(String database) throws SQLException {
        TestDatabase.execute(superuser("postgres"), "drop database if exists " + quote(database) + " with (force)");
    }

    private TestDatabase create(String database, String template, TestRoles roles) throws SQLException {
        TestDatabase.execute(
                superuser("postgres"),
                "create database " + quote(database) + " template " + quote(template) + " owner "
                        + quote(roles.owner()));
        // A clone keeps grants; a new database must not be open to roles of other tests.
        TestDatabase.execute(
                superuser(database),
                "revoke all on database " + quote(database) + " from public",
                "grant connect, temporary on database " + quote(database) + " to " + quote(roles.application()) + ", "
                        + quote(roles.admin()),
                "alter schema public owner to " + quote(roles.owner()),
                "revoke create on schema public from public",
                "grant usage on schema public to " + quote(roles.application()) + ", " + quote(roles.admin()));
        return new TestDatabase(this, database, roles);
    }

    private void createRoles(TestRoles roles) throws SQLException {
        try (Connection connection = superuser("postgres").getConnection()) {
            // Several test runs may share the server: one at a time.
            connection.setAutoCommit(false);
            run(connection, "select pg_advisory_xact_lock(hashtext('dev.boundary.testing.roles'))");
            for (String role : List.of(roles.owner(), roles.application(), roles.admin())) {
                String attributes = quote(role) + " login nosuperuser nobypassrls nocreatedb "
                        + (role.equals(roles.owner()) ? "createrole" : "nocreaterole") + " password '" + password
                        + "'";
                run(connection, (exists(connection, role) ? "alter role " : "create role ") + attributes);
            }
            connection.commit();
        }
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from pg_catalog.pg_roles where rolname = ?")) {
            statement.setString(1, role);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String newName(String prefix) {
        return prefix + "_"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
