package dev.boundary.cli.sql;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Parser;
import org.postgresql.core.TransactionState;

/**
 * Runs statements inside one tenant. Before each statement the tenant is set again, for the transaction only, and after
 * it the setting is read back: a statement that leaves another tenant in it is rolled back and reported. So no COMMIT,
 * ROLLBACK, RESET, DISCARD or {@code set_config} of one statement affects what the next one sees.
 *
 * <p>A statement outside a transaction gets its own, and nothing of it stays on the connection, which a pooler may hand
 * to someone else. BEGIN, COMMIT and the like work as usual.
 *
 * <p>A single statement that changes the setting and changes it back cannot be detected.
 *
 * <p>Not safe for use by several threads, except {@link #cancel}.
 */
public final class TenantSession implements AutoCloseable {

    private static final int FETCH_SIZE = 1000;

    private final Connection connection;
    private final BaseConnection driver;
    private final SessionVariable variable;
    private final TenantKey tenant;
    private final String binding;
    private volatile @Nullable Statement running;

    /**
     * Begins a session.
     *
     * @param connection a connection of the application role, in autocommit mode; closed with the session
     * @param variable the setting that policies read
     * @param tenant the tenant
     * @param readOnly whether statements that write are refused
     * @throws SQLException if the connection fails
     */
    public TenantSession(Connection connection, SessionVariable variable, TenantKey tenant, boolean readOnly)
            throws SQLException {
        this.connection = connection;
        this.driver = connection.unwrap(BaseConnection.class);
        this.variable = variable;
        this.tenant = tenant;
        this.binding = "select pg_catalog.set_config(?, ?, true)"
                + (readOnly ? ", pg_catalog.set_config('transaction_read_only', 'on', true)" : "")
                + (noticesLostClients()
                        ? ", pg_catalog.set_config('client_connection_check_interval', '2s', true)"
                        : "");
    }

    /** Whether the server can end a statement after this process was killed; not on every operating system. */
    private boolean noticesLostClients() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local client_connection_check_interval = '2s'");
            return true;
        } catch (SQLException e) {
            if (isLost(e)) {
                throw e;
            }
            return false;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /**
     * Whether a statement has begun a transaction that is still open.
     *
     * @return true after BEGIN, until its end
     */
    public boolean isInTransaction() {
        return driver.getTransactionState() != TransactionState.IDLE;
    }

    /**
     * Whether that transaction can only be rolled back, because a statement in it has failed.
     *
     * @return true until its end
     */
    public boolean isFailed() {
        return driver.getTransactionState() == TransactionState.FAILED;
    }

    /**
     * Runs a statement.
     *
     * @param statement the statement
     * @param output receives its result
     * @throws SQLException if the statement fails; its own transaction, if it had one, has been rolled back
     * @throws TenantChangedException if it left the session in another tenant
     */
    public void run(SqlStatement statement, StatementOutput output) throws SQLException, TenantChangedException {
        checkOneStatement(statement);
        try {
            runInState(statement, output);
        } finally {
            connection.setAutoCommit(!isInTransaction()); // changes the driver's state only; nothing is sent
        }
    }

    private void runInState(SqlStatement statement, StatementOutput output)
            throws SQLException, TenantChangedException {
        if (statement.needsNoTenant() || isFailed()) {
            execute(statement, output);
        } else if (isInTransaction()) {
            runBound(statement, output);
        } else {
            runInOwnTransaction(statement, output);
        }
    }

    /** Two parsers must agree: where one sees a single statement and the other two, the second would run unbound. */
    private void checkOneStatement(SqlStatement statement) throws SQLException {
        int parts = Parser.parseJdbcSql(
                        statement.text(), driver.getStandardConformingStrings(), false, true, false, false)
                .size();
        if (parts != 1) {
            throw new SQLException(
                    "The end of this statement cannot be determined, so it was not sent. Write one statement"
                            + " without unusual quoting, and leave standard_conforming_strings on.");
        }
    }

    private void runInOwnTransaction(SqlStatement statement, StatementOutput output)
            throws SQLException, TenantChangedException {
        connection.setAutoCommit(false);
        try {
            runBound(statement, output);
            connection.commit();
        } catch (SQLException e) {
            rollbackAfter(e);
            throw e;
        }
    }

    private void runBound(SqlStatement statement, StatementOutput output) throws SQLException, TenantChangedException {
        bind();
        execute(statement, output);
        verify();
    }

    private void bind() throws SQLException {
        try (PreparedStatement set = connection.prepareStatement(binding)) {
            set.setString(1, variable.name());
            set.setString(2, tenant.asText());
            set.execute();
        }
    }

    private void verify() throws SQLException, TenantChangedException {
        if (driver.getTransactionState() != TransactionState.OPEN) {
            return;
        }
        String found = current();
        if (found != null && !found.isEmpty() && !found.equals(tenant.asText())) {
            connection.rollback();
            throw new TenantChangedException(variable.name(), found, tenant);
        }
    }

    private @Nullable String current() throws SQLException {
        try (PreparedStatement get = connection.prepareStatement("select pg_catalog.current_setting(?, true)")) {
            get.setString(1, variable.name());
            try (ResultSet row = get.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private void execute(SqlStatement statement, StatementOutput output) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            running = jdbc;
            jdbc.setEscapeProcessing(false);
            jdbc.setFetchSize(FETCH_SIZE);
            if (jdbc.execute(statement.text())) {
                writeRows(jdbc, output);
            } else {
                output.changed(statement.keyword(), Math.max(0, jdbc.getLargeUpdateCount()));
            }
            writeNotices(jdbc, output);
        } finally {
            running = null;
        }
    }

    private static void writeRows(Statement statement, StatementOutput output) throws SQLException {
        try (ResultSet result = statement.getResultSet()) {
            List<ResultColumn> columns = ResultColumn.of(result.getMetaData());
            output.columns(columns.stream().map(ResultColumn::name).toList());
            while (result.next()) {
                output.row(ResultColumn.values(columns, result));
            }
            output.end();
        }
    }

    private static void writeNotices(Statement statement, StatementOutput output) throws SQLException {
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            output.notice(String.valueOf(warning.getMessage()));
        }
    }

    private void rollbackAfter(SQLException failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Begins a transaction for several statements.
     *
     * @throws SQLException if the connection fails
     */
    public void begin() throws SQLException {
        sendControl("begin");
    }

    /**
     * Commits the transaction.
     *
     * @throws SQLException if the connection fails, or a constraint that is checked now does not hold
     */
    public void commit() throws SQLException {
        sendControl("commit");
    }

    private void sendControl(String sql) throws SQLException {
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(sql);
        }
        connection.setAutoCommit(!isInTransaction());
    }

    /**
     * Rolls back the open transaction, if there is one.
     *
     * @throws SQLException if the connection fails
     */
    public void rollback() throws SQLException {
        if (isInTransaction()) {
            connection.setAutoCommit(false);
            connection.rollback();
        }
        connection.setAutoCommit(true);
    }

    /**
     * Asks the server to end the statement that is running. May be called from another thread.
     *
     * @throws SQLException if the server cannot be asked
     */
    public void cancel() throws SQLException {
        Statement statement = running;
        if (statement != null) {
            statement.cancel();
        }
    }

    /**
     * Whether an error means that the connection is lost.
     *
     * @param error the error
     * @return true for class 08 and for the shut-downs of class 57
     */
    public static boolean isLost(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
