package dev.boundary.jooq.internal.session;

import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** A prepared statement that carries the scope in which it is executed. */
final class BoundPreparedStatement extends ShiftedPreparedStatement implements ScopedStatement {

    private final String sql;
    private final Preparation preparation;
    private final StatementBinder binder;
    private final StatementExecution execution;

    BoundPreparedStatement(
            String sql, boolean prefixed, Preparation preparation, Connection connection, StatementBinder binder)
            throws SQLException {
        super(
                preparation.prepare(prefixed ? binder.variable().prefix() + sql : sql),
                connection,
                prefixed,
                binder.stringsAreTyped());
        this.sql = sql;
        this.preparation = preparation;
        this.binder = binder;
        this.execution = new StatementExecution(binder);
    }

    @Override
    public StatementExecution execution() {
        return execution;
    }

    /** Prepares a statement of the driver with the caller's options. */
    @FunctionalInterface
    interface Preparation {
        PreparedStatement prepare(String sql) throws SQLException;
    }

    @Override
    public boolean execute() throws SQLException {
        if (!isShifted()) {
            return execution.execute(sql, target(), target()::execute);
        }
        String tenant = execution.admitPrefixed(sql);
        SessionVariableSql.bind(target(), tenant);
        avoidDescribe();
        target().execute();
        boolean isResultSet = PrefixedResults.skipPrefix(target());
        binder.executed(tenant, target());
        return isResultSet;
    }

    /**
     * Keeps the driver from describing the statement, which it does when it prepares one with a parameter of unknown
     * type: from then on it would send prefix and statement in two transactions, and in autocommit the tenant would be
     * gone before the statement runs.
     */
    private void avoidDescribe() throws SQLException {
        if (hasUntypedParameter()) {
            target().unwrap(PGStatement.class).setPrepareThreshold(0);
        }
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return new BoundResultSet(PrefixedResults.query(target(), execute()), this);
    }

    @Override
    public int executeUpdate() throws SQLException {
        return Math.toIntExact(executeLargeUpdate());
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return PrefixedResults.update(target(), execute());
    }

    // A result set, such as the prefix's, is an error in a batch.
    @Override
    public void addBatch() throws SQLException {
        execution.add();
        if (isShifted()) {
            PreparedStatement prefixed = target();
            unshift(prepareLike(prefixed));
            prefixed.close();
        }
        target().addBatch();
    }

    private PreparedStatement prepareLike(PreparedStatement other) throws SQLException {
        PreparedStatement statement = preparation.prepare(sql);
        statement.setQueryTimeout(other.getQueryTimeout());
        statement.setFetchSize(other.getFetchSize());
        statement.setMaxRows(other.getMaxRows());
        statement.setPoolable(other.isPoolable());
        return statement;
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return isShifted() ? new int[0] : execution.executeBatch(sql, target(), target()::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return isShifted() ? new long[0] : execution.executeBatch(sql, target(), target()::executeLargeBatch);
    }

    @Override
    public void clearBatch() throws SQLException {
        execution.clearBatch();
        target().clearBatch();
    }

    // Described without the prefix: once the driver has described the prefixed statement, it would send it in two
    // transactions.
    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        ResultSet rows = target().getResultSet();
        if (rows != null && !rows.isClosed()) {
            return rows.getMetaData();
        }
        try (PreparedStatement description = preparation.prepare(sql)) {
            return description.getMetaData();
        }
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        try (PreparedStatement description = preparation.prepare(sql)) {
            return description.getParameterMetaData();
        }
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
