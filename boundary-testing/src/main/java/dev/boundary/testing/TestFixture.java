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
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What one test is handed, and what it is held to. Safe for use by several threads. */
final class TestFixture implements AutoCloseable {

    private final DatabaseFixture database;
    private final StrictMode strict;
    private final Recorder recorder;
    private final Recorder arranging = new Recorder(execution -> {});
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

    DataSource dataSource(Role role) {
        return recorded(role);
    }

    private RecordingDataSource recorded(Role role) {
        RecordingDataSource dataSource = dataSources.get(role);
        if (dataSource == null) {
            throw new IllegalArgumentException("No data source for role " + role);
        }
        return dataSource;
    }

    /** A connection that the test need not close; what is left on it counts all the same. */
    Connection connection(Role role) {
        try {
            return recorded(role).lend();
        } catch (SQLException e) {
            throw new IllegalStateException("No connection as " + role + ": " + e.getMessage(), e);
        }
    }

    synchronized Boundary boundary() {
        Boundary made = boundary;
        if (made == null) {
            made = database.setup()
                    .configure(Boundary.builder(database.schema())
                            .admin(unscoped)
                            .sessionVariable(database.setup().sessionVariable())
                            .listener(strict))
                    .build();
            boundary = made;
        }
        return made;
    }

    synchronized DSLContext dsl(Role role) {
        if (role != Role.APPLICATION) {
            return DSL.using(dataSource(role), SQLDialect.POSTGRES);
        }
        DSLContext made = applicationDsl;
        if (made == null) {
            made = boundary().dsl(dataSource(Role.APPLICATION));
            applicationDsl = made;
        }
        return made;
    }

    Isolation isolation() {
        return new Isolation(this);
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
    <T> T onApplicationConnection(ContractWorld.PlainSql<T> code) throws SQLException {
        if (application instanceof SharedTransaction shared && !shared.isLent()) {
            Connection connection = shared.take();
            try {
                return code.run(connection);
            } finally {
                shared.giveBack(connection);
            }
        }
        try (Connection connection = database.database().application().getConnection()) {
            return code.run(connection);
        }
    }

    /** Takes canary rows away: now or, where a transaction of the test holds one of them, when the test has ended. */
    void takeAway(Canaries canaries) {
        try {
            if (canaries.remove()) {
                canaries.close();
            } else {
                synchronized (leftOver) {
                    leftOver.add(canaries);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The canary rows cannot be taken away: " + e.getMessage(), e);
        }
    }

    /** Takes everything back and fails if the test leaked. */
    void end() throws SQLException {
        List<RecordingDataSource> all = new ArrayList<>(dataSources.values());
        all.add(unscoped);
        for (RecordingDataSource dataSource : all) {
            dataSource.end();
        }
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
