package dev.boundary.jooq.internal.session;

import dev.boundary.core.StatementRefusedException;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** A prepared statement that carries the scope that is open when it is executed. */
final class BoundPreparedStatement extends ShiftedPreparedStatement {

    private final PreparedStatement raw;
    private final String sql;
    private final boolean prefixed;
    private final BoundConnection connection;

    BoundPreparedStatement(
            PreparedStatement raw, String sql, boolean prefixed, BoundConnection connection, boolean stringsAreTyped) {
        super(raw, connection, prefixed ? 1 : 0, stringsAreTyped);
        this.raw = raw;
        this.sql = sql;
        this.prefixed = prefixed;
        this.connection = connection;
    }

    @Override
    public boolean execute() throws SQLException {
        String tenant = connection.admit(sql);
        if (tenant == null) {
            return raw.execute();
        }
        TenantPrefix.bind(raw, tenant);
        avoidDescribe();
        raw.execute();
        return Results.skipPrefix(raw);
    }

    /**
     * Keeps the driver from describing the statement, which it does when it prepares one with a parameter of unknown
     * type: from then on it would send prefix and statement in two transactions, and in autocommit the tenant would be
     * gone before the statement runs.
     */
    private void avoidDescribe() throws SQLException {
        if (hasUntypedParameter()) {
            raw.unwrap(PGStatement.class).setPrepareThreshold(0);
        }
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return wrap(Results.query(raw, execute()));
    }

    @Override
    public int executeUpdate() throws SQLException {
        return Math.toIntExact(executeLargeUpdate());
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return Results.update(raw, execute());
    }

    @Override
    public int[] executeBatch() throws SQLException {
        refuseBatch();
        return super.executeBatch();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        refuseBatch();
        return super.executeLargeBatch();
    }

    private void refuseBatch() throws SQLException {
        if (prefixed) {
            throw new StatementRefusedException(
                    "a batch", "The tenant cannot be bound to it.", "Run its statements one by one.");
        }
        connection.admit(sql);
    }

    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        throw describeRefused();
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        throw describeRefused();
    }

    private static StatementRefusedException describeRefused() {
        return new StatementRefusedException(
                "a description of a statement that was not executed",
                "Once the driver has described a statement, the tenant cannot be bound to it.",
                "Use the meta data of the result.");
    }
}
