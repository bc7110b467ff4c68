package dev.boundary.jooq.internal.session;

import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** A prepared statement that carries the scope that is open when it is executed. */
final class BoundPreparedStatement extends ShiftedPreparedStatement {

    private final String sql;
    private final BoundConnection.Preparation preparation;
    private final BoundConnection connection;
    private final PlainExecution plain;

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
        this.plain = new PlainExecution(connection);
    }

    @Override
    public boolean execute() throws SQLException {
        if (!isShifted()) {
            return plain.execute(sql, target(), target()::execute);
        }
        TenantSql.bind(target(), connection.admitTenant(sql));
        avoidDescribe();
        target().execute();
        return Results.skipPrefix(target());
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
        return wrap(Results.query(target(), execute()));
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
        plain.add();
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
        return isShifted() ? new int[0] : plain.executeBatch(sql, target(), target()::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return isShifted() ? new long[0] : plain.executeBatch(sql, target(), target()::executeLargeBatch);
    }

    @Override
    public void clearBatch() throws SQLException {
        plain.clearBatch();
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
}
