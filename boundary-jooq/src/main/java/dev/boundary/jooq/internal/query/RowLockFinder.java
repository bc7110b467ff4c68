package dev.boundary.jooq.internal.query;

import java.util.HashSet;
import java.util.Set;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.VisitContext;
import org.jooq.VisitListener;
import org.jooq.VisitListenerProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Finds the locking clause of a SELECT. PostgreSQL applies the policies for UPDATE to rows that are locked, so a tenant
 * locks only rows that it may change.
 *
 * <p>jOOQ's query object model does not contain the clause, which is announced only after WHERE was rendered. So where
 * it makes a difference, the statement is rendered once more, and the result is discarded.
 */
final class RowLockFinder {

    private final Configuration configuration;

    RowLockFinder(Configuration configuration) {
        this.configuration = configuration;
    }

    /** What a SELECT locks itself, not what its subqueries do. */
    RowLock ownLock(Select<?> select) {
        return find(select, false);
    }

    /** Whether a statement, or a query in it, may lock all its tables. */
    boolean locksAll(QueryPart statement) {
        return find(statement, true).locksAll();
    }

    private RowLock find(QueryPart statement, boolean anywhere) {
        LockClauseListener listener = new LockClauseListener(anywhere);
        try {
            DSL.using(configuration.derive((VisitListenerProvider) () -> listener))
                    .render(statement);
        } catch (DataAccessException | UnsupportedOperationException e) {
            return RowLock.NONE; // it makes no sense alone; if there is a clause, it is going to be announced
        }
        return listener.found();
    }

    private static final class LockClauseListener implements VisitListener {

        private final boolean anywhere;
        private final Set<String> of = new HashSet<>();
        private boolean exists;
        private boolean all;
        private int named;
        private int level;
        private @Nullable QueryPart clause;

        LockClauseListener(boolean anywhere) {
            this.anywhere = anywhere;
        }

        RowLock found() {
            return exists ? new RowLock(true, all ? Set.of() : of) : RowLock.NONE;
        }

        @Override
        public void visitStart(VisitContext context) {
            QueryPart part = context.queryPart();
            QueryPart[] parts = context.queryParts();
            if (isInClause(parts)) {
                name(part);
            } else if (PartKind.of(part) == PartKind.LOCK && (anywhere || isOfStatement(parts))) {
                clause = part;
                level = parts.length - 1;
                exists = true;
                named = of.size();
            }
        }

        /** And not in what jOOQ renders apart meanwhile, which is how it writes that the clause waits. */
        @SuppressWarnings("ReferenceEquality")
        private boolean isInClause(QueryPart[] parts) {
            return clause != null && parts.length > level && parts[level] == clause;
        }

        private void name(QueryPart part) {
            if (part instanceof Table<?> table) {
                of.add(RowLock.key(table.getName()));
            } else if (part instanceof Field<?> field) {
                of.add(RowLock.key(field.getName()));
            }
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // it is this one that ends
        public void visitEnd(VisitContext context) {
            if (clause == context.queryPart()) {
                clause = null;
                all |= of.size() == named;
            }
        }

        private static boolean isOfStatement(QueryPart[] parts) {
            for (int i = 0; i < parts.length - 1; i++) {
                if (!(parts[i] instanceof Select)) {
                    return false;
                }
            }
            return true;
        }
    }
}
