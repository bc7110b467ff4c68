package dev.boundary.testing.internal.jdbc;

import dev.boundary.rls.internal.sql.Jdbc;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
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
    private final LeftoverFinder leftovers;
    private @Nullable Connection physical;
    private boolean lent;

    /**
     * A transaction that the first connection begins.
     *
     * @param dataSource where the one connection comes from
     * @param sessionVariable the setting that carries the tenant
     */
    public SharedTransaction(DataSource dataSource, String sessionVariable) {
        this.dataSource = dataSource;
        this.sessionVariable = sessionVariable;
        this.leftovers = new LeftoverFinder(sessionVariable);
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
        return new LogicalConnection(connection).proxy(Connection.class);
    }

    @Override
    public synchronized List<String> giveBack(Connection connection) throws SQLException {
        lent = false;
        LogicalConnection logical = logical(connection);
        List<String> left = new ArrayList<>();
        if (logical.inTransaction()) {
            left.add(STILL_OPEN);
            logical.rollback();
        }
        logical.commit();
        left.addAll(leftovers.find(logical.target()));
        return left;
    }

    @Override
    public List<String> leftovers(Connection connection) throws SQLException {
        return leftovers.find(logical(connection).target());
    }

    private static LogicalConnection logical(Connection connection) {
        return (LogicalConnection) Proxy.getInvocationHandler(connection);
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
    private final class LogicalConnection extends JdbcHandler<Connection> {

        private boolean autoCommit = true;
        private @Nullable Savepoint begun;

        LogicalConnection(Connection physical) {
            super(physical);
        }

        boolean inTransaction() {
            return !autoCommit && begun != null;
        }

        void rollback() throws SQLException {
            if (begun != null) {
                target().rollback(begun);
                end();
            }
        }

        void commit() throws SQLException {
            if (begun != null) {
                target().releaseSavepoint(begun);
                end();
            }
        }

        private void end() throws SQLException {
            begun = null;
            Jdbc.run(target(), "select pg_catalog.set_config(?, '', true)", sessionVariable);
        }

        void begin() throws SQLException {
            if (begun == null) {
                begun = target().setSavepoint();
            }
        }

        @Override
        @Nullable
        Object handle(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("getAutoCommit")) {
                return autoCommit;
            }
            switch (method.getName()) {
                case "commit" -> commit();
                case "rollback" -> {
                    if (arguments != null) {
                        return call(method, arguments); // to a savepoint of the code's
                    }
                    rollback();
                }
                case "setAutoCommit" -> setAutoCommit(arguments != null && Boolean.TRUE.equals(arguments[0]));
                default -> {
                    return forward(method, arguments);
                }
            }
            return null;
        }

        private void setAutoCommit(boolean on) throws SQLException {
            if (on && !autoCommit) {
                commit();
            }
            autoCommit = on;
        }

        private @Nullable Object forward(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("setSavepoint")) {
                begin();
            }
            Object result = call(method, arguments);
            return result instanceof Statement statement
                    ? new LogicalStatement(this, statement).proxy(interfaceOf(statement))
                    : result;
        }
    }

    /** A statement of such a connection: it begins a transaction, and in autocommit ends it if it fails. */
    private static final class LogicalStatement extends JdbcHandler<Statement> {

        private final LogicalConnection connection;

        LogicalStatement(LogicalConnection connection, Statement target) {
            super(target);
            this.connection = connection;
        }

        @Override
        @Nullable
        Object handle(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            if (!method.getName().startsWith("execute")) {
                return call(method, arguments);
            }
            if (connection.autoCommit) {
                connection.commit(); // the statement before this one
            }
            connection.begin();
            try {
                return call(method, arguments);
            } catch (SQLException e) {
                if (connection.autoCommit) {
                    connection.rollback();
                }
                throw e;
            }
        }
    }
}
