package dev.boundary.testing.internal.jdbc;

import dev.boundary.rls.internal.sql.Jdbc;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One transaction for a whole test, rolled back at its end. To the code under test each connection looks like one of
 * its own: autocommit, commit and rollback work on savepoints, and the tenant ends where the transaction would have
 * ended. Safe for use by several threads, one connection at a time.
 */
public final class SharedTransaction implements ConnectionSource {

    private final DataSource dataSource;
    private final String sessionVariable;
    private @Nullable Connection physical;
    private boolean lent;

    /**
     * Not begun yet.
     *
     * @param dataSource where the one connection comes from
     * @param sessionVariable the setting that carries the tenant
     */
    public SharedTransaction(DataSource dataSource, String sessionVariable) {
        this.dataSource = dataSource;
        this.sessionVariable = sessionVariable;
    }

    @Override
    public synchronized Connection take() throws SQLException {
        if (lent) {
            throw new SQLException(
                    "The test runs in one transaction (ROLLED_BACK_PER_TEST), its connection is in use and"
                            + " a second one was asked for. Close the first, or use DatabaseLifecycle.PER_CLASS.");
        }
        Connection connection = physical;
        if (connection == null) {
            connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            physical = connection;
        }
        lent = true;
        return RecordingDataSource.proxy(Connection.class, new Handler(connection));
    }

    @Override
    public synchronized List<String> giveBack(Connection connection) throws SQLException {
        lent = false;
        Handler handler = (Handler) Proxy.getInvocationHandler(connection);
        List<String> left = new ArrayList<>();
        if (handler.inTransaction()) {
            left.add("a transaction is still open. Commit it or roll it back before the connection is closed.");
            handler.rollback();
        }
        handler.commit();
        left.addAll(Leftovers.find(handler.physical, sessionVariable));
        return left;
    }

    @Override
    public List<String> leftovers(Connection connection) throws SQLException {
        return Leftovers.find(((Handler) Proxy.getInvocationHandler(connection)).physical, sessionVariable);
    }

    /**
     * Whether its connection is in use.
     *
     * @return true from {@link #take()} to {@link #giveBack}
     */
    public synchronized boolean isLent() {
        return lent;
    }

    /** Rolls the transaction back. */
    @Override
    public synchronized void close() throws SQLException {
        Connection connection = physical;
        physical = null;
        if (connection != null) {
            connection.rollback();
            connection.close();
        }
    }

    /** One connection as the code under test sees it. */
    private final class Handler implements InvocationHandler {

        private final Connection physical;
        private boolean autoCommit = true;
        private @Nullable Savepoint begun;

        Handler(Connection physical) {
            this.physical = physical;
        }

        boolean inTransaction() {
            return !autoCommit && begun != null;
        }

        void rollback() throws SQLException {
            if (begun != null) {
                physical.rollback(begun);
                end();
            }
        }

        private void commit() throws SQLException {
            if (begun != null) {
                physical.releaseSavepoint(begun);
                end();
            }
        }

        private void end() throws SQLException {
            begun = null;
            Jdbc.run(physical, "select pg_catalog.set_config(?, '', true)", sessionVariable);
        }

        private void begin() throws SQLException {
            if (begun == null) {
                begun = physical.setSavepoint();
            }
        }

        @Override
        public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            return switch (method.getName()) {
                case "commit" -> {
                    commit();
                    yield null;
                }
                case "rollback" -> {
                    if (arguments != null) {
                        yield ConnectionHandler.call(physical, method, arguments);
                    }
                    rollback();
                    yield null;
                }
                case "getAutoCommit" -> autoCommit;
                case "setAutoCommit" -> {
                    setAutoCommit(arguments != null && Boolean.TRUE.equals(arguments[0]));
                    yield null;
                }
                case "equals" -> ConnectionHandler.isSame(self, arguments);
                case "setSavepoint" -> {
                    begin();
                    yield ConnectionHandler.call(physical, method, arguments);
                }
                default ->
                    switch (ConnectionHandler.call(physical, method, arguments)) {
                        case CallableStatement statement -> statement(CallableStatement.class, statement);
                        case PreparedStatement statement -> statement(PreparedStatement.class, statement);
                        case Statement statement -> statement(Statement.class, statement);
                        case null -> null;
                        case Object result -> result;
                    };
            };
        }

        private void setAutoCommit(boolean wanted) throws SQLException {
            if (wanted && !autoCommit) {
                commit();
            }
            autoCommit = wanted;
        }

        private <S extends Statement> S statement(Class<S> type, S target) {
            return RecordingDataSource.proxy(type, (self, method, arguments) -> {
                if (!method.getName().startsWith("execute")) {
                    return ConnectionHandler.call(target, method, arguments);
                }
                if (autoCommit) {
                    commit(); // the statement before this one
                }
                begin();
                try {
                    return ConnectionHandler.call(target, method, arguments);
                } catch (SQLException e) {
                    if (autoCommit) {
                        rollback();
                    }
                    throw e;
                }
            });
        }
    }
}
