package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jooq.tools.jdbc.DefaultConnection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Threads of two tenants on one connection in autocommit: binding a tenant and executing a statement are one step. */
@ExtendWith(SharedDatabase.class)
class OneConnectionManyThreadsTest {

    private static final int TIMES = 200;

    private static TestDatabase database;

    @BeforeAll
    static void start(TestDatabase shared) {
        database = shared;
    }

    @BeforeEach
    void reset() throws SQLException {
        SessionDatabase.reset(database);
    }

    /** The ways to execute a statement that change all notes of the tenant. */
    private enum Execution {
        STATIC {
            @Override
            void go(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate(CHANGE);
                }
            }
        },
        PREPARED {
            @Override
            void go(Connection connection) throws SQLException {
                try (PreparedStatement statement = connection.prepareStatement(CHANGE)) {
                    statement.executeUpdate();
                }
            }
        },
        BATCH {
            @Override
            void go(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement()) {
                    statement.addBatch(CHANGE);
                    statement.executeBatch();
                }
            }
        },
        BATCH_THAT_FAILS {
            @Override
            void go(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement()) {
                    statement.addBatch(CHANGE);
                    statement.addBatch("select 1 / 0");
                    statement.executeBatch();
                    throw new IllegalStateException("The batch must fail");
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).isEqualTo("22012");
                }
            }
        },
        GENERATED_KEYS {
            @Override
            void go(Connection connection) throws SQLException {
                try (PreparedStatement statement =
                        connection.prepareStatement(CHANGE, Statement.RETURN_GENERATED_KEYS)) {
                    statement.executeUpdate();
                }
            }
        },
        CALL {
            @Override
            void go(Connection connection) throws SQLException {
                try (var call = connection.prepareCall(CHANGE)) {
                    call.execute();
                }
            }
        };

        static final String CHANGE = "update note set text = 'changed'";

        abstract void go(Connection connection) throws SQLException;
    }

    @ParameterizedTest
    @EnumSource
    void theOtherTenantsRowsAreNeitherChangedNorSeen(Execution execution) throws Exception {
        both(Binding.PREFIX, execution);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"STATIC", "BATCH"})
    void neitherAreTheyWithSetLocal(Execution execution) throws Exception {
        both(Binding.SET_LOCAL, execution);
    }

    /** Tenant A changes its notes, in a loop, while tenant B reads its own. */
    private static void both(Binding binding, Execution execution) throws Exception {
        Boundary boundary =
                Boundary.builder(SessionDatabase.schema()).binding(binding).build();
        try (Connection connection = boundary.dataSource(database.application()).getConnection()) {
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<List<List<String>>> seen =
                    CompletableFuture.supplyAsync(() -> notesOfB(connection, done), Thread::startVirtualThread);
            try {
                for (int i = 0; i < TIMES && !seen.isDone(); i++) {
                    in(A, () -> {
                        execution.go(connection);
                        return true;
                    });
                }
            } finally {
                done.set(true);
            }
            assertThat(seen.get()).isNotEmpty().containsOnly(List.of("b1", "b2"));
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    private static List<List<String>> notesOfB(Connection connection, AtomicBoolean done) {
        List<List<String>> seen = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("select text from note order by id")) {
            while (!done.get()) {
                seen.add(in(B, () -> texts(statement.executeQuery())));
                assertThat(connection.getAutoCommit()).isTrue();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return seen;
    }

    /** Two wrappers of one connection, as jOOQ makes them from a provider of one connection. */
    @Test
    void wrappersOfOneConnectionShareTheLock() throws Exception {
        try (Connection raw = database.application().getConnection()) {
            PhysicalConnection one = PhysicalConnection.of(raw);
            PhysicalConnection other = PhysicalConnection.of(new DefaultConnection(raw));
            AtomicBoolean left = new AtomicBoolean();
            CompletableFuture<Boolean> leftBefore = new CompletableFuture<>();
            one.exclusively(() -> {
                Thread.startVirtualThread(() -> enter(other, left, leftBefore));
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                left.set(true);
                return true;
            });
            assertThat(leftBefore.get()).isTrue();
        }
    }

    private static void enter(PhysicalConnection connection, AtomicBoolean left, CompletableFuture<Boolean> result) {
        try {
            result.complete(connection.exclusively(left::get));
        } catch (SQLException e) {
            result.completeExceptionally(e);
        }
    }

    private static <T> T in(TenantKey tenant, SqlCall<T> call) throws SQLException {
        return TenantContext.where(tenant).call(call::call);
    }

    private static List<String> texts(ResultSet rows) throws SQLException {
        try (rows) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
