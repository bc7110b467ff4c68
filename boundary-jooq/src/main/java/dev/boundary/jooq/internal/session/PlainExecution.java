package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements that cannot carry the tenant themselves, and batches: the tenant is set immediately before, in the
 * same transaction. A batch has the scope in which its first statement was added.
 */
final class PlainExecution {

    private final BoundConnection connection;
    private boolean hasBatch;
    private Optional<Scope> batchScope = Optional.empty();

    PlainExecution(BoundConnection connection) {
        this.connection = connection;
    }

    <T> T execute(String sql, Statement statement, BoundConnection.SqlCall<T> call) throws SQLException {
        return run(connection.admit(sql), statement, call);
    }

    /** A statement is about to be added to the batch. */
    void add() {
        Optional<Scope> scope = TenantContext.current();
        if (!hasBatch) {
            hasBatch = true;
            batchScope = scope;
        } else if (!batchScope.equals(scope)) {
            throw new StatementRefusedException(
                    "a statement of " + name(scope) + " in a batch of " + name(batchScope),
                    "A batch is sent as a whole, as one tenant.",
                    "Execute the batch before the scope changes.");
        }
    }

    <T> T executeBatch(String sql, Statement statement, BoundConnection.SqlCall<T> call) throws SQLException {
        Optional<Scope> scope = hasBatch ? batchScope : TenantContext.current();
        hasBatch = false;
        return run(connection.admit(sql, scope), statement, call);
    }

    void clearBatch() {
        hasBatch = false;
    }

    private <T> T run(@Nullable String tenant, Statement statement, BoundConnection.SqlCall<T> call)
            throws SQLException {
        if (tenant == null) {
            return call.call();
        }
        int fetchSize = statement.getFetchSize();
        if (fetchSize == 0 || !connection.getAutoCommit()) {
            return connection.afterBinding(tenant, call);
        }
        // The transaction ends before the rows are read, and so would a cursor. In autocommit the driver uses none.
        statement.setFetchSize(0);
        try {
            return connection.afterBinding(tenant, call);
        } finally {
            statement.setFetchSize(fetchSize);
        }
    }

    private static String name(Optional<Scope> scope) {
        return scope.map(Scope::toString).orElse("no scope");
    }
}
