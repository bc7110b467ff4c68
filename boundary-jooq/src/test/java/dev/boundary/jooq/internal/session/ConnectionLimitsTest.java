package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.DefaultConnection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PgResultSet;

/** What a bound connection does when something fails in between, and what it does not give out. */
@ExtendWith(SharedDatabase.class)
class ConnectionLimitsTest {

    private static TestDatabase database;

    @BeforeAll
    static void create(TestDatabase shared) {
        database = shared;
    }

    @BeforeEach
    void reset() throws SQLException {
        SessionDatabase.reset(database);
    }

    private static DataSource source() {
        return Boundary.builder(SessionDatabase.schema()).build().dataSource(database.application());
    }

    @Test
    void anErrorCommitsNothing() throws SQLException {
        try (Connection connection = source().getConnection()) {
            BoundConnection bound = connection.unwrap(BoundConnection.class);
            assertThatExceptionOfType(StackOverflowError.class)
                    .isThrownBy(() -> bound.binder().inOwnTransaction("1", false, () -> {
                        insert(bound.getDelegate());
                        throw new StackOverflowError();
                    }));
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(count()).isZero();
        }
    }

    @Test
    void whatCannotBeRolledBackIsClosed() throws SQLException {
        Connection raw = new DefaultConnection(database.application().getConnection()) {
            @Override
            public void rollback() throws SQLException {
                throw new SQLException("no rollback");
            }
        };
        DataSource one = new OneConnection(raw);
        try (Connection connection = Boundary.builder(SessionDatabase.schema())
                .build()
                .dataSource(one)
                .getConnection()) {
            BoundConnection bound = connection.unwrap(BoundConnection.class);
            assertThatThrownBy(() -> bound.binder().inOwnTransaction("1", false, () -> {
                        insert(raw);
                        throw new SQLException("fails");
                    }))
                    .hasMessage("fails")
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
            assertThat(raw.isClosed()).isTrue();
        }
        assertThat(count()).isZero();
    }

    @Test
    void aCheckoutThatFailsHalfwayClosesTheConnection() throws SQLException {
        List<Connection> given = new ArrayList<>();
        boolean[] fails = {false};
        DataSource pool = new PGSimpleDataSource() {
            private static final long serialVersionUID = 1L;

            @Override
            public Connection getConnection() throws SQLException {
                Connection connection =
                        new DefaultConnection(database.application().getConnection()) {
                            @Override
                            public void commit() throws SQLException {
                                super.commit();
                                if (fails[0]) {
                                    throw new SQLException("the answer got lost");
                                }
                            }

                            @Override
                            public void close() {
                                // back to the pool, as it is
                            }
                        };
                connection.setAutoCommit(false);
                given.add(connection);
                return connection;
            }
        };
        Boundary boundary = Boundary.builder(SessionDatabase.schema())
                .layers(Layers.RLS_ONLY)
                .binding(Binding.CHECKOUT)
                .build();
        var db = boundary.dsl(pool);
        DataSource bound = boundary.dataSource(pool);
        fails[0] = true;
        given.clear();
        TenantContext.where(A).run(() -> {
            assertThatThrownBy(() -> db.fetchCount(NOTE)).hasRootCauseMessage("the answer got lost");
            assertThatThrownBy(bound::getConnection).hasMessage("the answer got lost");
        });
        assertThat(given)
                .hasSize(2)
                .allSatisfy(connection -> assertThat(connection.isClosed()).isTrue());
    }

    @Test
    void theDriversOwnObjectsAreNotGivenOut() throws SQLException {
        TenantContext.where(A).<Void, SQLException>call(() -> {
            try (Connection connection = source().getConnection();
                    Statement statement = connection.createStatement();
                    PreparedStatement prepared = connection.prepareStatement("select text from note")) {
                refusesToUnwrap(
                        connection.isWrapperFor(PGConnection.class), () -> connection.unwrap(PGConnection.class));
                refusesToUnwrap(statement.isWrapperFor(PGStatement.class), () -> statement.unwrap(PGStatement.class));
                refusesToUnwrap(prepared.isWrapperFor(PGStatement.class), () -> prepared.unwrap(PGStatement.class));
                try (ResultSet rows = prepared.executeQuery()) {
                    refusesToUnwrap(rows.isWrapperFor(PgResultSet.class), () -> rows.unwrap(PgResultSet.class));
                    assertThat(rows.getStatement()).isSameAs(prepared);
                }
                try (ResultSet rows = statement.executeQuery("select 1")) {
                    refusesToUnwrap(rows.isWrapperFor(PgResultSet.class), () -> rows.unwrap(PgResultSet.class));
                }
                try (var call = connection.prepareCall("select 1")) {
                    refusesToUnwrap(call.isWrapperFor(PGStatement.class), () -> call.unwrap(PGStatement.class));
                    assertThat(call.getConnection()).isSameAs(connection);
                }
                assertThat(connection.isWrapperFor(Connection.class)).isTrue();
                assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
                assertThat(statement.getConnection()).isSameAs(connection);
            }
            return null;
        });
    }

    private static void refusesToUnwrap(boolean says, SqlCall<?> unwrap) {
        assertThat(says).isFalse();
        assertThatExceptionOfType(StatementRefusedException.class)
                .isThrownBy(unwrap::call)
                .withMessageContaining("pool");
    }

    @Test
    void updatableResultSetsAreRefused() throws SQLException {
        int type = ResultSet.TYPE_SCROLL_INSENSITIVE;
        int updatable = ResultSet.CONCUR_UPDATABLE;
        int hold = ResultSet.HOLD_CURSORS_OVER_COMMIT;
        String sql = "select id, tenant_id, text from note";
        try (Connection connection = source().getConnection()) {
            refusesUpdatable(() -> connection.createStatement(type, updatable));
            refusesUpdatable(() -> connection.createStatement(type, updatable, hold));
            refusesUpdatable(() -> connection.prepareStatement(sql, type, updatable));
            refusesUpdatable(() -> connection.prepareStatement(sql, type, updatable, hold));
            refusesUpdatable(() -> connection.prepareCall(sql, type, updatable));
            refusesUpdatable(() -> connection.prepareCall(sql, type, updatable, hold));
            connection.createStatement(type, ResultSet.CONCUR_READ_ONLY).close();
        }
    }

    private static void refusesUpdatable(SqlCall<?> call) {
        assertThatExceptionOfType(StatementRefusedException.class)
                .isThrownBy(call::call)
                .withMessageContaining("updatable result set");
    }

    private static void insert(Connection raw) throws SQLException {
        try (Statement statement = raw.createStatement()) {
            statement.execute("insert into note (text) values ('half')");
        }
    }

    private static int count() throws SQLException {
        try (Connection all = database.superuser().getConnection()) {
            return DSL.using(all, SQLDialect.POSTGRES).fetchCount(NOTE, NOTE_TEXT.eq("half"));
        }
    }

    private static final class OneConnection extends PGSimpleDataSource {
        private static final long serialVersionUID = 1L;
        private final transient Connection connection;
        private boolean used;

        OneConnection(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (!used) { // the check at start closes what it is given
                used = true;
                return database.application().getConnection();
            }
            return connection;
        }
    }
}
