package dev.boundary.testing.postgresql;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server for tests, found or started once for a test run (a JVM) and stopped with it.
 *
 * <p>Which server that is, is decided by the system property {@value #PROVIDER_PROPERTY} or the environment variable
 * {@value #PROVIDER_VARIABLE}: {@code url}, {@code testcontainers} or {@code embedded}. Without either it is the first
 * of these that is there: a URL given in {@value #URL_PROPERTY} or {@value #URL_VARIABLE}, Testcontainers if it is on
 * the class path and a Docker engine answers, an embedded server if it is on the class path.
 *
 * <p>The major version in {@value #VERSION_PROPERTY} or {@value #VERSION_VARIABLE} chooses the image of Testcontainers
 * (unless {@value TestcontainersProvider#IMAGE_PROPERTY} or {@value TestcontainersProvider#IMAGE_VARIABLE} names one)
 * and is compared with the server that was started or found, wherever it comes from. An embedded server has the version
 * of the binaries on the class path, or in the jar that {@value EmbeddedProvider#BINARIES_PROPERTY} or
 * {@value EmbeddedProvider#BINARIES_VARIABLE} names.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class PostgresServer {

    /** System property that chooses the provider: {@code url}, {@code testcontainers} or {@code embedded}. */
    public static final String PROVIDER_PROPERTY = "boundary.test.provider";

    /** Environment variable that chooses the provider, if the system property does not. */
    public static final String PROVIDER_VARIABLE = "BOUNDARY_TEST_PROVIDER";

    /** System property with the major version that the server must have: {@code 14} to {@code 18}. */
    public static final String VERSION_PROPERTY = "boundary.test.postgresql.version";

    /** Environment variable with that version, if the system property is not set. */
    public static final String VERSION_VARIABLE = "BOUNDARY_TEST_POSTGRESQL_VERSION";

    /** System property with the JDBC URL of an existing server, with a superuser's name and password in it. */
    public static final String URL_PROPERTY = "boundary.test.url";

    /** Environment variable with the JDBC URL of an existing server, if the system property is not set. */
    public static final String URL_VARIABLE = "BOUNDARY_TEST_URL";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final int OLDEST = 14;
    private static final int STRATEGY_SINCE = 15;
    private static final Object LOCK = new Object();
    private static final Map<String, PostgresServer> STARTED = new HashMap<>();
    private static final Map<String, IllegalStateException> FAILED = new HashMap<>();
    private static @Nullable PostgresProvider chosen;

    private final ServerAccess access;
    private final String password;
    private final Map<String, String> templates = new HashMap<>();
    /** Roles with this run's password. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private final AutoCloseable process;

    /**
     * A server that can be reached.
     *
     * @param access how
     * @param password the password of all roles of tests
     * @param process what to close when it is not needed any more
     */
    PostgresServer(ServerAccess access, String password, AutoCloseable process) {
        this.access = access;
        this.password = password;
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
            return started(provider);
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
            return started(PostgresProviders.choose(provider));
        }
    }

    /** Tried once: a server that did not start for the first test will not for the thousandth. */
    private static PostgresServer started(PostgresProvider provider) {
        IllegalStateException failure = FAILED.get(provider.name());
        if (failure != null) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
        try {
            return STARTED.computeIfAbsent(provider.name(), name -> PostgresProviders.start(provider));
        } catch (IllegalStateException e) {
            FAILED.put(provider.name(), e);
            throw e;
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
            FAILED.clear();
            started.forEach(PostgresServer::stop);
        }
    }

    /** Drops the templates, which would stay on a server that is not ours, and stops what was started. */
    void stop() {
        try {
            dropTemplates();
            process.close();
        } catch (Exception e) { // what AutoCloseable declares
            throw new IllegalStateException("The PostgreSQL for tests on port " + port() + " did not stop", e);
        }
    }

    void dropTemplates() throws SQLException {
        List<String> names;
        synchronized (templates) {
            names = List.copyOf(templates.values());
            templates.clear();
        }
        for (String name : names) {
            drop(name);
        }
    }

    /**
     * Asks the server whether it can be used.
     *
     * @param provider where it comes from, for the message
     * @param version the major version that it must have, or empty for any
     * @return why not and what to do, as sentences; empty if it can
     */
    String fault(String provider, String version) {
        try (Connection connection = superuser(access.database()).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_catalog.current_setting('server_version_num')::int,"
                        + " (select rolsuper from pg_catalog.pg_roles where rolname = current_user)")) {
            row.next();
            int major = row.getInt(1) / 10_000;
            if (major < OLDEST) {
                return "It is PostgreSQL " + major + ". Boundary needs " + OLDEST + " or later.";
            }
            if (!version.isEmpty() && !version.equals(Integer.toString(major))) {
                return "It is PostgreSQL " + major + ", and " + version + " was asked for (" + VERSION_PROPERTY + " or "
                        + VERSION_VARIABLE + ").";
            }
            return row.getBoolean(2)
                    ? ""
                    : "The user \"" + access.superuser()
                            + "\" is no superuser, and makes databases and roles for tests." + " Use one that is.";
        } catch (SQLException e) {
            LOG.debug("PostgreSQL from provider {} cannot be asked", provider, e);
            return "It cannot be reached at " + host() + ":" + port() + " as \"" + access.superuser() + "\": "
                    + e.getMessage();
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
        return access.host();
    }

    /**
     * The server's TCP port.
     *
     * @return the port
     */
    public int port() {
        return access.port();
    }

    String password() {
        return password;
    }

    String jdbcUrl(String database) {
        String properties = access.properties().entrySet().stream()
                .map(property ->
                        property.getKey() + "=" + URLEncoder.encode(property.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database
                + (properties.isEmpty() ? "" : "?" + properties);
    }

    PGSimpleDataSource superuser(String database) {
        return access.dataSource(database, access.superuser(), access.superuserPassword());
    }

    PGSimpleDataSource dataSource(String database, String role) {
        return access.dataSource(database, role, password);
    }

    void drop(String database) throws SQLException {
        TestDatabase.execute(
                superuser(access.database()), "drop database if exists " + quote(database) + " with (force)");
    }

    private TestDatabase create(String database, String template, TestRoles roles) throws SQLException {
        try (Connection connection = superuser(access.database()).getConnection()) {
            run(
                    connection,
                    "create database " + quote(database) + " template " + quote(template) + " owner "
                            + quote(roles.owner()) + strategy(connection));
        }
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

    /** Copying files takes a third less processor time than copying through the write-ahead log. */
    private static String strategy(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() >= STRATEGY_SINCE ? " strategy file_copy" : "";
    }

    private void createRoles(TestRoles roles) throws SQLException {
        try (Connection connection = superuser(access.database()).getConnection()) {
            // Several test runs may share the server: one at a time.
            connection.setAutoCommit(false);
            run(connection, "select pg_advisory_xact_lock(hashtext('dev.boundary.testing.roles'))");
            for (String role : List.of(roles.owner(), roles.application(), roles.admin())) {
                boolean createsRoles = role.equals(roles.owner());
                Boolean asWanted = asWanted(connection, role, createsRoles);
                // Not again what is there: two tests at once would alter the same row of the catalog.
                if (asWanted == null || !asWanted || !known.contains(role)) {
                    run(
                            connection,
                            (asWanted == null ? "create role " : "alter role ") + quote(role)
                                    + " login nosuperuser nobypassrls nocreatedb "
                                    + (createsRoles ? "createrole" : "nocreaterole") + " password '" + password
                                    + "'");
                }
            }
            connection.commit();
            known.addAll(List.of(roles.owner(), roles.application(), roles.admin()));
        }
    }

    /** Whether the role has the attributes that it should have, or null if it is not there. */
    private static @Nullable Boolean asWanted(Connection connection, String role, boolean createsRoles)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select rolcanlogin and not rolsuper and not rolbypassrls and not rolcreatedb and rolcreaterole = ?"
                        + " from pg_catalog.pg_roles where rolname = ?")) {
            statement.setBoolean(1, createsRoles);
            statement.setString(2, role);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? (Boolean) rows.getBoolean(1) : null;
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
