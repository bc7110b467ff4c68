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
 * is set immediately before, in the same transaction. No other thread's statement on the connection comes between. A
 * batch has the scope in which its first statement was added.
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

    /** Sends a statement that carries the tenant. */
    @FunctionalInterface
    interface PrefixedCall {
        PrefixedResults send(String tenant) throws SQLException;
    }

    /** Executes a statement that carries the tenant itself. */
    PrefixedResults executePrefixed(SqlText text, String sql, Statement statement, PrefixedCall call)
            throws SQLException {
        return binder.exclusively(() -> {
            // There is always something to set if the statement is prefixed.
            String tenant = Objects.requireNonNull(binder.admit(next(), text, sql), "tenant");
            binder.bound(tenant, true);
            PrefixedResults results = send(text, tenant, call);
            binder.executed(tenant, statement);
            return results;
        });
    }

    /** The driver prepares a single statement anew if the server forgot it, but not one with a prefix. */
    private PrefixedResults send(SqlText text, String tenant, PrefixedCall call) throws SQLException {
        try {
            return call.send(tenant);
        } catch (SQLException e) {
            if (text.statements() > 1 || !binder.physical().healsOnRetry(e)) {
                throw e;
            }
            return call.send(tenant);
        }
    }

    /** Executes a statement that does not carry the tenant. */
    <T> T execute(SqlText text, String sql, Statement statement, SqlCall<T> call) throws SQLException {
        return binder.exclusively(() -> {
            StatementContext next = next();
            if (!text.needsNoTenant()) {
                return run(binder.admit(next, text, sql), statement, text.statements() == 1, call);
            }
            T result = call.call();
            if (text.endsTransaction()) {
                binder.transactionEnded();
            }
            return result;
        });
    }

    /** Adds a statement to the batch. */
    void add(SqlText text, BatchCall addition) throws SQLException {
        Optional<Scope> scope = TenantContext.current();
        refuseInBatch(text, scope);
        addition.add();
        hasBatch = true;
        batchScope = scope;
    }

    /** Adds a statement to the driver's batch. */
    @FunctionalInterface
    interface BatchCall {
        void add() throws SQLException;
    }

    private void refuseInBatch(SqlText text, Optional<Scope> scope) {
        if (text.isTransactionControl() || text.isMixed()) {
            throw new StatementRefusedException(
                    "transaction control in a batch",
                    "A batch is sent as a whole, as one tenant, in one transaction.",
                    "Send BEGIN, COMMIT, ROLLBACK and SAVEPOINT on their own, or use the methods of the connection.");
        }
        if (hasBatch && !batchScope.equals(scope)) {
            throw new StatementRefusedException(
                    "a statement of " + StatementContext.name(scope) + " in a batch of "
                            + StatementContext.name(batchScope),
                    "A batch is sent as a whole, as one tenant.",
                    "Execute the batch before the scope changes.");
        }
    }

    <T> T executeBatch(String sql, Statement statement, SqlCall<T> call) throws SQLException {
        StatementContext next = next();
        if (!hasBatch) {
            return call.call(); // nothing is sent
        }
        hasBatch = false;
        return binder.exclusively(
                () -> run(binder.admit(next.in(batchScope), SqlText.ORDINARY, sql), statement, false, call));
    }

    void clearBatch() {
        hasBatch = false;
    }

    private <T> T run(@Nullable String tenant, Statement statement, boolean repeatable, SqlCall<T> call)
            throws SQLException {
        if (tenant == null) {
            return call.call();
        }
        if (binder.inTransaction()) {
            T result = binder.inOpenTransaction(tenant, call);
            binder.executed(tenant, statement);
            return result;
        }
        return runInAutocommit(tenant, statement, repeatable, call);
    }

    /** The transaction ends before the rows are read, and so would a cursor. In autocommit the driver uses none. */
    private <T> T runInAutocommit(String tenant, Statement statement, boolean repeatable, SqlCall<T> call)
            throws SQLException {
        int fetchSize = statement.getFetchSize();
        if (fetchSize == 0) {
            return binder.inOwnTransaction(tenant, repeatable, call);
        }
        statement.setFetchSize(0);
        try {
            return binder.inOwnTransaction(tenant, repeatable, call);
        } finally {
            statement.setFetchSize(fetchSize);
        }
    }
}
