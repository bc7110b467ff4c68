package dev.boundary.jooq.internal.session;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.tools.jdbc.DefaultCallableStatement;
import org.jspecify.annotations.Nullable;

/** A call that runs in the scope in which it is made. The driver rewrites calls, so they are sent without a prefix. */
final class BoundCallableStatement extends DefaultCallableStatement implements ScopedStatement {

    private final CallableStatement raw;
    private final String sql;
    private final Connection connection;
    private final StatementExecution execution;

    BoundCallableStatement(CallableStatement raw, String sql, Connection connection, StatementBinder binder) {
        super(raw);
        this.connection = connection;
        this.raw = raw;
        this.sql = sql;
        this.execution = new StatementExecution(binder);
    }

    @Override
    public StatementExecution execution() {
        return execution;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public boolean execute() throws SQLException {
        return execution.execute(sql, raw, raw::execute);
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return new BoundResultSet(execution.execute(sql, raw, raw::executeQuery), this);
    }

    @Override
    public int executeUpdate() throws SQLException {
        return execution.execute(sql, raw, raw::executeUpdate);
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return execution.execute(sql, raw, raw::executeLargeUpdate);
    }

    @Override
    public void addBatch() throws SQLException {
        execution.add();
        raw.addBatch();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return execution.executeBatch(sql, raw, raw::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return execution.executeBatch(sql, raw, raw::executeLargeBatch);
    }

    @Override
    public void clearBatch() throws SQLException {
        execution.clearBatch();
        raw.clearBatch();
    }

    @Override
    protected @Nullable ResultSet wrap(@Nullable ResultSet rows) {
        return rows == null ? null : new BoundResultSet(rows, this);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return Unwrapping.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
