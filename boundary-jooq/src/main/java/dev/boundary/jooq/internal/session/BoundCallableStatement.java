package dev.boundary.jooq.internal.session;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.tools.jdbc.DefaultCallableStatement;

/** A call that is made in the scope that is open then. The driver rewrites calls, so they are sent as they are. */
final class BoundCallableStatement extends DefaultCallableStatement {

    private final CallableStatement raw;
    private final String sql;
    private final BoundConnection connection;
    private final PlainExecution plain;

    BoundCallableStatement(CallableStatement raw, String sql, BoundConnection connection) {
        super(raw);
        this.connection = connection;
        this.raw = raw;
        this.sql = sql;
        this.plain = new PlainExecution(connection);
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public boolean execute() throws SQLException {
        return plain.execute(sql, raw, raw::execute);
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return wrap(plain.execute(sql, raw, raw::executeQuery));
    }

    @Override
    public int executeUpdate() throws SQLException {
        return plain.execute(sql, raw, raw::executeUpdate);
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return plain.execute(sql, raw, raw::executeLargeUpdate);
    }

    @Override
    public void addBatch() throws SQLException {
        plain.add();
        raw.addBatch();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return plain.executeBatch(sql, raw, raw::executeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        return plain.executeBatch(sql, raw, raw::executeLargeBatch);
    }

    @Override
    public void clearBatch() throws SQLException {
        plain.clearBatch();
        raw.clearBatch();
    }
}
