package dev.boundary.testing;

import dev.boundary.jooq.Boundary;
import dev.boundary.testing.As.Role;
import dev.boundary.testing.internal.jdbc.ConnectionSource;
import dev.boundary.testing.internal.jdbc.IdleConnections;
import dev.boundary.testing.internal.jdbc.Recorder;
import dev.boundary.testing.internal.jdbc.RecordingDataSource;
import dev.boundary.testing.internal.jdbc.SharedTransaction;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The data sources of one test and the checks that it must pass. Safe for use by several threads. */
final class TestFixture implements AutoCloseable {

    private final DatabaseFixture database;
    private final StrictMode strict;
    private final Recorder recorder;
    private final Recorder arranging = new Recorder(_ -> {});
    private final List<ConnectionSource> sources = new ArrayList<>();
    private final Map<Role, RecordingDataSource> dataSources = new EnumMap<>(Role.class);
    private final RecordingDataSource unscoped;
    private final List<Canaries> leftOver = new ArrayList<>();
    private final ConnectionSource application;
    private @Nullable Boundary boundary;
    private @Nullable DSLContext applicationDsl;

    TestFixture(DatabaseFixture database, Optional<AllowUnscoped> allowed, DatabaseLifecycle lifecycle) {
        this.database = database;
        strict = new StrictMode(database.relations(), allowed, database.coverage());
        recorder = new Recorder(strict::onStatement);
        boolean rollBack = lifecycle == DatabaseLifecycle.ROLLED_BACK_PER_TEST;
        TestDatabase on = database.database();
        application = rollBack ? own(on.application(), true) : database.applicationConnections();
        ConnectionSource admin = own(on.admin(), rollBack);
        dataSources.put(Role.APPLICATION, new RecordingDataSource(application, recorder));
        dataSources.put(Role.OWNER, new RecordingDataSource(own(on.owner(), rollBack), arranging));
        dataSources.put(Role.ADMIN, new RecordingDataSource(admin, arranging));
        unscoped = new RecordingDataSource(admin, arranging);
    }

    private ConnectionSource own(DataSource dataSource, boolean rollBack) {
        String variable = database.setup().sessionVariable().name();
        ConnectionSource source =
                rollBack ? new SharedTransaction(dataSource, variable) : new IdleConnections(dataSource, variable);
        sources.add(source);
        return source;
    }

    RecordingDataSource dataSource(Role role) {
        return Objects.requireNonNull(dataSources.get(role));
    }

    /** A connection that the test need not close; what it leaves on it counts even so. */
    Connection connection(Role role) {
        try {
            return dataSource(role).lend();
        } catch (SQLException e) {
            throw new IllegalStateException("No connection as " + role + ": " + e.getMessage(), e);
        }
    }

    synchronized Boundary boundary() {
        Boundary built = boundary;
        if (built == null) {
            built = database.setup()
                    .configure(database.boundary().admin(unscoped).listener(strict))
                    .build();
            boundary = built;
        }
        return built;
    }

    synchronized DSLContext dsl(Role role) {
        if (role != Role.APPLICATION) {
            return DSL.using(dataSource(role), SQLDialect.POSTGRES);
        }
        DSLContext dsl = applicationDsl;
        if (dsl == null) {
            dsl = boundary().dsl(dataSource(Role.APPLICATION));
            applicationDsl = dsl;
        }
        return dsl;
    }

    DatabaseFixture databaseFixture() {
        return database;
    }

    TestDatabase database() {
        return database.database();
    }

    Recorder recorder() {
        return recorder;
    }

    StrictMode strict() {
        return strict;
    }

    /**
     * Runs something on a connection of the application role that is not recorded: on the test's own, if everything
     * happens in one transaction and the code under test is not using it, so that it sees what the test wrote.
     */
    <T extends @Nullable Object> T onApplicationConnection(ConnectionFunction<T> code) throws SQLException {
        if (application instanceof SharedTransaction shared && !shared.isLent()) {
            return on(shared, code);
        }
        try (Connection connection = database.database().application().getConnection()) {
            return code.apply(connection);
        }
    }

    private static <T extends @Nullable Object> T on(SharedTransaction transaction, ConnectionFunction<T> code)
            throws SQLException {
        Connection connection = transaction.take();
        try {
            return code.apply(connection);
        } finally {
            transaction.giveBack(connection);
        }
    }

    /** Deletes canary rows: now or, if a transaction of the test holds one of them, when the test has ended. */
    void delete(Canaries canaries) {
        try {
            if (canaries.delete()) {
                canaries.close();
            } else {
                synchronized (leftOver) {
                    leftOver.add(canaries);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The canary rows cannot be deleted: " + e.getMessage(), e);
        }
    }

    /** Closes everything and fails if the test leaked. */
    void end() throws SQLException {
        for (RecordingDataSource dataSource : dataSources.values()) {
            dataSource.end();
        }
        unscoped.end();
        close();
        List<String> leftovers = new ArrayList<>(recorder.leftovers());
        leftovers.addAll(arranging.leftovers());
        strict.verify(leftovers);
    }

    @Override
    public void close() throws SQLException {
        for (ConnectionSource source : sources) {
            source.close();
        }
        synchronized (leftOver) {
            for (Canaries canaries : leftOver) {
                canaries.close();
            }
            leftOver.clear();
        }
    }
}
