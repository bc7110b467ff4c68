package dev.boundary.testing.postgresql;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server for tests, found or started once for a test run (a JVM) and stopped with it.
 *
 * <p>The system property {@value #PROVIDER_PROPERTY} or the environment variable {@value #PROVIDER_VARIABLE} names the
 * provider: {@code url}, {@code testcontainers} or {@code embedded}. If neither is set, the first available one is
 * used: a URL in {@value #URL_PROPERTY} or {@value #URL_VARIABLE}, Testcontainers if it is on the class path and a
 * Docker engine answers, an embedded server if it is on the class path.
 *
 * <p>The major version in {@value #VERSION_PROPERTY} or {@value #VERSION_VARIABLE} selects the image of Testcontainers
 * (unless {@value Setting#IMAGE_PROPERTY} or {@value Setting#IMAGE_VARIABLE} names one), and a server of another
 * version is refused, wherever it comes from. An embedded server has the version of the binaries on the class path, or
 * in the jar that {@value Setting#BINARIES_PROPERTY} or {@value Setting#BINARIES_VARIABLE} names.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class PostgresServer {

    /** System property that chooses the provider: {@code url}, {@code testcontainers} or {@code embedded}. */
    public static final String PROVIDER_PROPERTY = Setting.PROVIDER_PROPERTY;

    /** Environment variable that chooses the provider, if the system property does not. */
    public static final String PROVIDER_VARIABLE = Setting.PROVIDER_VARIABLE;

    /** System property with the major version that the server must have: {@code 14} to {@code 18}. */
    public static final String VERSION_PROPERTY = Setting.VERSION_PROPERTY;

    /** Environment variable with that version, if the system property is not set. */
    public static final String VERSION_VARIABLE = Setting.VERSION_VARIABLE;

    /** System property with the JDBC URL of an existing server, with a superuser's name and password in it. */
    public static final String URL_PROPERTY = Setting.URL_PROPERTY;

    /** Environment variable with the JDBC URL of an existing server, if the system property is not set. */
    public static final String URL_VARIABLE = Setting.URL_VARIABLE;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final Object LOCK = new Object();
    private static final Map<String, PostgresServer> STARTED = new HashMap<>();
    private static final Map<String, IllegalStateException> FAILED = new HashMap<>();
    private static @Nullable PostgresProvider chosen;

    private final RunningServer running;
    private final DatabaseFactory databases;
    private final Map<String, TestDatabase> templates = new HashMap<>();

    private PostgresServer(RunningServer running) {
        this.running = running;
        this.databases = new DatabaseFactory(running);
    }

    /**
     * The server of this test run. The first call finds or starts it, which takes about a second for an embedded one.
     *
     * @return the server
     * @throws IllegalStateException if there is none; the message says which providers were tried and what each
     *     requires
     */
    public static PostgresServer shared() {
        synchronized (LOCK) {
            PostgresProvider provider = chosen;
            if (provider == null) {
                provider = new PostgresProviders().choose(Setting.PROVIDER.value());
                chosen = provider;
            }
            return started(provider);
        }
    }

    /**
     * The server of this test run from a given provider.
     *
     * @param provider {@code url}, {@code testcontainers} or {@code embedded}
     * @return the server
     * @throws IllegalStateException if the provider is none of these or cannot be used; the message says what it
     *     requires
     */
    public static PostgresServer shared(String provider) {
        synchronized (LOCK) {
            return started(new PostgresProviders().choose(provider));
        }
    }

    /** Tried once: a server that did not start for the first test will not for the thousandth. */
    private static PostgresServer started(PostgresProvider provider) {
        IllegalStateException failure = FAILED.get(provider.name());
        if (failure != null) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
        try {
            return STARTED.computeIfAbsent(provider.name(), name -> start(provider));
        } catch (IllegalStateException e) {
            FAILED.put(provider.name(), e);
            throw e;
        }
    }

    /** Starts or finds a server, and refuses one that tests cannot use. */
    static PostgresServer start(PostgresProvider provider) {
        String version = ServerCheck.requiredVersion();
        PostgresServer server = new PostgresServer(provider.start(version));
        String obstacle = new ServerCheck(server.running.access(), provider.name(), version).obstacle();
        if (!obstacle.isEmpty()) {
            server.stop();
            throw new IllegalStateException("The PostgreSQL for tests from provider \"" + provider.name()
                    + "\" cannot be used. " + obstacle + " " + provider.versionAdvice());
        }
        if (server.running.outlivesRun()) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::dropTemplatesAtEnd, "boundary-test-templates"));
        }
        return server;
    }

    /**
     * Stops the servers of this test run; the next {@link #shared()} starts another. Tests need not call this. A build
     * plugin must: its classes are gone when the JVM ends, so nothing could clean up then.
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
            running.process().close();
        } catch (Exception e) { // what AutoCloseable declares
            throw new IllegalStateException("The PostgreSQL for tests on port " + port() + " did not stop", e);
        }
    }

    private void dropTemplatesAtEnd() {
        try {
            dropTemplates();
        } catch (SQLException e) {
            LOG.warn("The template databases of the tests could not be dropped", e);
        }
    }

    private void dropTemplates() throws SQLException {
        List<TestDatabase> dropped;
        synchronized (templates) {
            dropped = List.copyOf(templates.values());
            templates.clear();
        }
        for (TestDatabase template : dropped) {
            template.close();
        }
    }

    /**
     * Creates an empty database with the {@link TestRoles#DEFAULT default roles}.
     *
     * @return the database
     * @throws SQLException if it cannot be created
     */
    public TestDatabase createDatabase() throws SQLException {
        return createDatabase(TestRoles.DEFAULT);
    }

    /**
     * Creates an empty database.
     *
     * @param roles the names of its roles; created if they do not exist
     * @return the database
     * @throws SQLException if it cannot be created
     */
    public TestDatabase createDatabase(TestRoles roles) throws SQLException {
        return databases.empty("test", roles);
    }

    /**
     * Creates a copy of a template. The first call with a name builds the template by running the migration; later
     * calls take milliseconds.
     *
     * @param template a name for the template, unique for the migration and the roles
     * @param roles the names of its roles; created if they do not exist
     * @param migration builds the template
     * @return the database
     * @throws SQLException if it cannot be created
     */
    public TestDatabase createDatabase(String template, TestRoles roles, Migration migration) throws SQLException {
        TestDatabase source;
        synchronized (templates) {
            source = templates.get(template);
            if (source == null) {
                source = databases.empty("template", roles);
                migration.run(source);
                templates.put(template, source);
            }
        }
        return databases.copy(source, roles);
    }

    /** Builds the contents of a template database. */
    @FunctionalInterface
    public interface Migration {
        /**
         * Builds the contents. It must close every connection that it opened.
         *
         * @param database the empty database
         * @throws SQLException if a statement fails
         */
        void run(TestDatabase database) throws SQLException;
    }

    /**
     * The server's host name.
     *
     * @return the name or address
     */
    public String host() {
        return running.access().host();
    }

    /**
     * The server's TCP port.
     *
     * @return the port
     */
    public int port() {
        return running.access().port();
    }

    RunningServer running() {
        return running;
    }
}
