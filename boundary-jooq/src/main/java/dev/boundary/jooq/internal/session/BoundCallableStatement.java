package dev.boundary.jooq.internal.session;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.tools.jdbc.DefaultCallableStatement;
import org.jspecify.annotations.Nullable;

/** A call that is made in the scope that is open then. The driver rewrites calls, so they are sent as they are. */
final class BoundCallableStatement extends DefaultCallableStatement implements ScopedStatement {

    private final CallableStatement raw;
    private final String sql;
    private final BoundConnection connection;
    private final StatementState state;

    BoundCallableStatement(CallableStatement raw, String sql, BoundConnection connection) {
        super(raw);
        this.connection = connection;
        this.raw = raw;
        this.sql = sql;
        this.state = new StatementState(connection);
    }

    @Override
    public StatementState state() {
        return state;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public boolean execute() throws SQLException {
        return state.execute(sql, raw, raw::execute);
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return new BoundResultSet(state.execute(sql, raw, raw::executeQuery), this);
    }

    @Override
    public int executeUpdate() throws SQLException {
        return state.execute(sql, raw, raw::executeUpdate);
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return state.execute(sql, raw, raw::executeLargeUpdate);
    }

    @Override
    public void addBatch() throws SQLException {
        state.add();
        raw.addBatch();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return state.executeBatch(sql, raw, raw::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return state.executeBatch(sql, raw, raw::executeLargeBatch);
    }

    @Override
    public void clearBatch() throws SQLException {
        state.clearBatch();
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
