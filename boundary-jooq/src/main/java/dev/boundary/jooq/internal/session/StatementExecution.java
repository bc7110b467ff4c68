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
 * Executes one JDBC statement as the tenant of its scope. If the statement cannot carry the tenant itself, the tenant
 * is set immediately before, in the same transaction. A batch has the scope in which its first statement was added.
 */
final class StatementExecution {

    private final StatementBinder binder;
    private @Nullable StatementContext context;
    private boolean announced;
    private boolean hasBatch;
    private Optional<Scope> batchScope = Optional.empty();

    StatementExecution(StatementBinder binder) {
        this.binder = binder;
    }

    /** Says what the next execution runs under, and only that one: it may have another scope than a later one. */
    void announce(StatementContext next) {
        context = next;
        announced = true;
    }

    /** What jOOQ executed the statement under last; null if it never did. */
    @Nullable
    StatementContext last() {
        return context;
    }

    private StatementContext next() {
        StatementContext next = announced ? context : null;
        announced = false;
        return next == null ? StatementContext.plainJdbc(TenantContext.current()) : next;
    }

    /** What to set the session variable to before the statement; there is always something if it is prefixed. */
    String admitPrefixed(String sql) throws SQLException {
        String tenant = Objects.requireNonNull(binder.admit(next(), sql), "tenant");
        binder.bound(tenant, true);
        return tenant;
    }

    <T> T execute(String sql, Statement statement, SqlCall<T> call) throws SQLException {
        return run(binder.admit(next(), sql), statement, call);
    }

    /** A statement is about to be added to the batch. */
    void add() {
        Optional<Scope> scope = TenantContext.current();
        if (!hasBatch) {
            hasBatch = true;
            batchScope = scope;
        } else if (!batchScope.equals(scope)) {
            throw new StatementRefusedException(
                    "a statement of " + StatementContext.name(scope) + " in a batch of "
                            + StatementContext.name(batchScope),
                    "A batch is sent as a whole, as one tenant.",
                    "Execute the batch before the scope changes.");
        }
    }

    <T> T executeBatch(String sql, Statement statement, SqlCall<T> call) throws SQLException {
        StatementContext next = hasBatch ? next().in(batchScope) : next();
        hasBatch = false;
        return run(binder.admit(next, sql), statement, call);
    }

    void clearBatch() {
        hasBatch = false;
    }

    private <T> T run(@Nullable String tenant, Statement statement, SqlCall<T> call) throws SQLException {
        if (tenant == null) {
            return call.call();
        }
        if (binder.inTransaction()) {
            T result = binder.afterBinding(tenant, call);
            binder.executed(tenant, statement);
            return result;
        }
        return runInAutocommit(tenant, statement, call);
    }

    /** The transaction ends before the rows are read, and so would a cursor. In autocommit the driver uses none. */
    private <T> T runInAutocommit(String tenant, Statement statement, SqlCall<T> call) throws SQLException {
        int fetchSize = statement.getFetchSize();
        if (fetchSize == 0) {
            return binder.afterBinding(tenant, call);
        }
        statement.setFetchSize(0);
        try {
            return binder.afterBinding(tenant, call);
        } finally {
            statement.setFetchSize(fetchSize);
        }
    }
}
