package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one statement may do, and how it runs if it cannot carry the tenant itself, or in a batch: the tenant is set
 * immediately before, in the same transaction. A batch has the scope in which its first statement was added.
 */
final class StatementState {

    private final BoundConnection connection;
    private StatementRules rules = StatementRules.STRICT;
    private @Nullable Rendering rendering;
    private boolean hasBatch;
    private Optional<Scope> batchScope = Optional.empty();

    StatementState(BoundConnection connection) {
        this.connection = connection;
    }

    /** What the statement may do beyond the usual from now on. */
    void rules(StatementRules other) {
        rules = other;
    }

    /** Where jOOQ rendered the statement with the query layer; null if it did not. */
    @Nullable
    Rendering rendering() {
        return rendering;
    }

    void rendered(Rendering by) {
        rendering = by;
    }

    /** What to set the session variable to before the statement; there is always something if it is prefixed. */
    String admitTenant(String sql) throws SQLException {
        String tenant = Objects.requireNonNull(connection.admit(sql, TenantContext.current(), rules), "tenant");
        connection.bound(tenant, true);
        return tenant;
    }

    <T> T execute(String sql, Statement statement, BoundConnection.SqlCall<T> call) throws SQLException {
        return run(connection.admit(sql, TenantContext.current(), rules), statement, call);
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
        return run(connection.admit(sql, scope, rules), statement, call);
    }

    void clearBatch() {
        hasBatch = false;
    }

    private <T> T run(@Nullable String tenant, Statement statement, BoundConnection.SqlCall<T> call)
            throws SQLException {
        if (tenant == null) {
            return call.call();
        }
        if (!connection.getAutoCommit()) {
            T result = connection.afterBinding(tenant, call);
            connection.executed(tenant, statement);
            return result;
        }
        int fetchSize = statement.getFetchSize();
        if (fetchSize == 0) {
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

    static String name(Optional<Scope> scope) {
        return scope.map(Scope::toString).orElse("no scope");
    }

    /**
     * The query layer's part in a statement.
     *
     * @param scope the scope it was rendered for
     */
    record Rendering(Optional<Scope> scope) {}
}
