package dev.boundary.jooq.internal.session;

import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** A prepared statement that carries the scope that is open when it is executed. */
final class BoundPreparedStatement extends ShiftedPreparedStatement implements ScopedStatement {

    private final String sql;
    private final BoundConnection.Preparation preparation;
    private final BoundConnection connection;
    private final StatementState state;

    BoundPreparedStatement(
            String sql,
            boolean prefixed,
            BoundConnection.Preparation preparation,
            BoundConnection connection,
            boolean stringsAreTyped)
            throws SQLException {
        super(
                preparation.prepare(prefixed ? connection.tenantSql().prefix() + sql : sql),
                connection,
                prefixed,
                stringsAreTyped);
        this.sql = sql;
        this.preparation = preparation;
        this.connection = connection;
        this.state = new StatementState(connection);
    }

    @Override
    public StatementState state() {
        return state;
    }

    @Override
    public boolean execute() throws SQLException {
        if (!isShifted()) {
            return state.execute(sql, target(), target()::execute);
        }
        String tenant = state.admitTenant(sql);
        TenantSql.bind(target(), tenant);
        avoidDescribe();
        target().execute();
        boolean isResultSet = Results.skipPrefix(target());
        connection.executed(tenant, target());
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
        return new BoundResultSet(Results.query(target(), execute()), this);
    }

    @Override
    public int executeUpdate() throws SQLException {
        return Math.toIntExact(executeLargeUpdate());
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return Results.update(target(), execute());
    }

    // A result set, such as the prefix's, is an error in a batch.
    @Override
    public void addBatch() throws SQLException {
        state.add();
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
        return isShifted() ? new int[0] : state.executeBatch(sql, target(), target()::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return isShifted() ? new long[0] : state.executeBatch(sql, target(), target()::executeLargeBatch);
    }

    @Override
    public void clearBatch() throws SQLException {
        state.clearBatch();
        target().clearBatch();
    }

    // Described by itself: once the driver has described the prefixed statement, it would send it in two transactions.
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
