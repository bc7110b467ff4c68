package dev.boundary.jooq.internal.query;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.jooq.internal.query.TenantTable.Classified;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.VisitContext;
import org.jooq.VisitListener;
import org.jooq.VisitListenerProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/**
 * What FOR UPDATE, FOR SHARE and their like in a SELECT lock. PostgreSQL applies the policies for UPDATE to rows that are
 * locked, so a tenant locks only rows that it may change.
 *
 * <p>jOOQ's query object model does not tell of the clause, which is announced only after WHERE was rendered. So where it
 * makes a difference, the statement is rendered once more, for nobody, to look for it.
 *
 * @param exists whether there is such a clause
 * @param of the names of the tables that it names; none if it locks all of them
 */
record RowLock(boolean exists, Set<String> of) {

    static final RowLock NONE = new RowLock(false, Set.of());

    /** What a SELECT locks itself, not what its subqueries do. */
    static RowLock of(Select<?> select, Configuration configuration) {
        return find(select, configuration, false);
    }

    /** Whether all tables of a statement, or of a query in it, may be locked. */
    static boolean locksAll(QueryPart statement, Configuration configuration) {
        RowLock found = find(statement, configuration, true);
        return found.exists && found.of.isEmpty();
    }

    boolean locks(String table) {
        return exists && (of.isEmpty() || of.contains(table));
    }

    /** Checks a clause that is announced now. */
    static void check(Rewriting rewriting, Frame frame) {
        if (!frame.knowsLock()) {
            rewriting
                    .refusals()
                    .refuse(
                            Describe.level(frame),
                            "It locks rows, and which it locks could not be found out before.",
                            "Write the statement in another way, and please report it. " + Refusals.RLS_ONLY);
        }
        for (Classified table : frame.lockedReadOnly(rewriting.configuration())) {
            rewriting
                    .refusals()
                    .refuse(
                            table,
                            new StatementRefusedException(
                                    Describe.level(frame) + " on " + table.name(),
                                    "It locks rows of a table that is declared global: tenants read it and none may keep"
                                            + " the others from it.",
                                    "Name the tables whose rows it is to lock: forUpdate().of(table)."));
        }
    }

    /** How jOOQ says that {@code forUpdate().wait(seconds)} waits: it concerns nothing but the transaction. */
    static boolean isTimeout(Query query) {
        if (!(query instanceof QOM.SetCommand set) || !set.$local()) {
            return false;
        }
        Name name = set.$name();
        return !name.qualified() && "lock_timeout".equals(name.last());
    }

    private static RowLock find(QueryPart statement, Configuration configuration, boolean anywhere) {
        Finder finder = new Finder(anywhere);
        try {
            DSL.using(configuration.derive((VisitListenerProvider) () -> finder))
                    .render(statement);
        } catch (DataAccessException | UnsupportedOperationException e) {
            return NONE; // part of a statement that makes no sense alone; if there is a clause, it will be announced
        }
        return finder.exists ? new RowLock(true, finder.all ? Set.of() : finder.of) : NONE;
    }

    private static final class Finder implements VisitListener {

        private final boolean anywhere;
        private final Set<String> of = new HashSet<>();
        private boolean exists;
        private boolean all;
        private int named;
        private int level;
        private @Nullable QueryPart clause;

        Finder(boolean anywhere) {
            this.anywhere = anywhere;
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

        /** And not in what jOOQ renders apart meanwhile, which is how it says that the clause waits. */
        @SuppressWarnings("ReferenceEquality")
        private boolean isInClause(QueryPart[] parts) {
            return clause != null && parts.length > level && parts[level] == clause;
        }

        private void name(QueryPart part) {
            if (part instanceof Table<?> table) {
                of.add(table.getName());
            } else if (part instanceof Field<?> field) {
                of.add(field.getName());
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
            List<QueryPart> around = Arrays.asList(parts).subList(0, parts.length - 1);
            return around.stream().allMatch(Select.class::isInstance);
        }
    }
}
