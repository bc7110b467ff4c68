package dev.boundary.jooq.internal.session;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jooq.tools.jdbc.DefaultCallableStatement;
import org.jspecify.annotations.Nullable;

/** A call that runs in the scope in which it is made. The driver rewrites calls, so they are sent without a prefix. */
final class BoundCallableStatement extends DefaultCallableStatement implements ScopedStatement {

    private final CallableStatement raw;
    private final String sql;
    private final BoundConnection connection;
    private final SqlText text;
    private final StatementExecution execution;
    private final StatementCompletion completion;

    BoundCallableStatement(CallableStatement raw, String sql, BoundConnection connection, StatementBinder binder)
            throws SQLException {
        super(raw);
        this.text = binder.text(sql);
        this.completion = new StatementCompletion(raw, connection);
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
    public StatementCompletion completion() {
        return completion;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public boolean execute() throws SQLException {
        return execution.execute(text, sql, raw, raw::execute);
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return completion.bind(execution.execute(text, sql, raw, raw::executeQuery), this);
    }

    @Override
    public int executeUpdate() throws SQLException {
        return execution.execute(text, sql, raw, raw::executeUpdate);
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return execution.execute(text, sql, raw, raw::executeLargeUpdate);
    }

    @Override
    public void addBatch() throws SQLException {
        execution.add(text, raw::addBatch);
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
        return completion.bindAny(rows, this);
    }

    @Override
    public void closeOnCompletion() {
        completion.closeOnCompletion();
    }

    @Override
    public boolean isCloseOnCompletion() {
        return completion.isCloseOnCompletion();
    }

    @Override
    public @Nullable Array getArray(int parameter) throws SQLException {
        return connection.bind(super.getArray(parameter));
    }

    @Override
    public @Nullable Array getArray(String parameter) throws SQLException {
        return connection.bind(super.getArray(parameter));
    }

    @Override
    public @Nullable Object getObject(int parameter) throws SQLException {
        return connection.bindAny(super.getObject(parameter));
    }

    @Override
    public @Nullable Object getObject(String parameter) throws SQLException {
        return connection.bindAny(super.getObject(parameter));
    }

    @Override
    public @Nullable Object getObject(int parameter, Map<String, Class<?>> map) throws SQLException {
        return connection.bindAny(super.getObject(parameter, map));
    }

    @Override
    public @Nullable Object getObject(String parameter, Map<String, Class<?>> map) throws SQLException {
        return connection.bindAny(super.getObject(parameter, map));
    }

    @Override
    public <T> @Nullable T getObject(int parameter, Class<T> type) throws SQLException {
        return connection.bindAs(super.getObject(parameter, type), type);
    }

    @Override
    public <T> @Nullable T getObject(String parameter, Class<T> type) throws SQLException {
        return connection.bindAs(super.getObject(parameter, type), type);
    }

    @Override
    public void setArray(int parameter, @Nullable Array x) throws SQLException {
        super.setArray(parameter, BoundArray.raw(x));
    }

    @Override
    public void setObject(int parameter, @Nullable Object x) throws SQLException {
        super.setObject(parameter, BoundArray.raw(x));
    }

    @Override
    public void setObject(int parameter, @Nullable Object x, int type) throws SQLException {
        super.setObject(parameter, BoundArray.raw(x), type);
    }

    /** The call with its parameters, as the driver writes it. */
    @Override
    public String toString() {
        return raw.toString();
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
