package dev.boundary.jooq.internal.query;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.jooq.internal.query.TenantTable.Classified;
import dev.boundary.jooq.internal.query.TenantTable.Unknown;
import dev.boundary.jooq.schema.TableClassification.Global;
import org.jooq.Condition;
import org.jooq.Configuration;
import org.jooq.Name;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** What the rewriters of one rendering share. */
record Rewriting(
        Configuration configuration,
        TableNames names,
        Functions functions,
        Predicates predicates,
        Refusals refusals,
        @Nullable TenantKey tenant,
        boolean strict,
        @Nullable BoundLater boundLater,
        boolean ofRecords) {

    /** Whether the values of the statement are only placeholders for those of a batch. */
    boolean bindsLater() {
        return boundLater != null;
    }

    /**
     * What a table is.
     *
     * @param ctes the common table expressions that the name can mean; none where PostgreSQL takes only tables
     * @return its declaration if it has tenant rows or is otherwise declared; null if there is nothing to protect
     */
    @Nullable
    Classified classify(Frame frame, Table<?> table, CteNames ctes) {
        return switch (resolve(table, ctes)) {
            case Classified classified -> classified;
            case TenantTable.Other harmless -> null;
            case Unknown(String name, String why) -> {
                refusals.refuse(
                        Describe.level(frame) + " on " + name,
                        why,
                        "Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its"
                                + " schema.");
                yield null;
            }
        };
    }

    private TenantTable resolve(Table<?> table, CteNames ctes) {
        TenantTable found = names.resolve(table, ctes);
        return switch (found) {
            case Classified classified -> classified;
            case TenantTable.Other harmless -> names.unlessMapped(table, harmless, configuration);
            case Unknown unknown -> names.resolveMapped(table, unknown, configuration);
        };
    }

    /** Whether a name is that of something that holds no rows of its own. */
    boolean isHarmless(Frame frame, Table<?> table) {
        return resolve(table, frame.ctes) instanceof TenantTable.Other;
    }

    /** A table that must carry a predicate; null for all others. */
    @Nullable
    Classified tenantRows(Frame frame, Table<?> table) {
        Classified classified = TableNames.isNamedTable(table) ? classify(frame, table, frame.ctes) : null;
        if (classified == null) {
            return null;
        }
        if (classified.classification() instanceof Global(boolean writable) && !writable) {
            frame.readOnly(table, classified);
        }
        if (!classified.hasTenantRows()) {
            return null;
        }
        return hasTenant(frame, classified) ? classified : null;
    }

    /** Which rows of a table a query may see: of those that it locks, only those that the tenant may change. */
    TenantPredicate predicate(Frame frame, Table<?> table, Classified classified) {
        if (!predicates.readMoreThanWritten(classified)) {
            return predicates.read(table, classified);
        }
        if (frame.outer == null && RowLock.locksAll(refusals.statement(), configuration)) {
            refusals.refuse(
                    classified,
                    new StatementRefusedException(
                            "a statement that joins " + classified.name() + " by a path",
                            "It locks rows, and the join is rendered apart from what tells whether it locks rows of "
                                    + classified.name() + ", too, of which a tenant may lock only its own.",
                            "Name the tables whose rows it is to lock: forUpdate().of(table)."));
        }
        return frame.locks(table.getName(), configuration)
                ? predicates.write(table, classified)
                : predicates.read(table, classified);
    }

    /**
     * Refuses if a tenant is needed and no scope is open.
     *
     * @return false if the table is only observed, so that the statement is left as it is
     */
    boolean hasTenant(Frame frame, Classified table) {
        if (tenant != null) {
            return true;
        }
        TenantNotSetException error =
                TenantNotSetException.noScope("A " + Describe.level(frame) + " on " + table.name());
        if (strict) {
            refusals.refuse(table, error);
        } else {
            refusals.report(error); // it finds no row
        }
        return !strict;
    }

    /** Refuses a function that could see more than its arguments. */
    void function(Name name) {
        if (!functions.allows(name)) {
            refusals.refuse(
                    "a statement that calls " + name.unquotedName(),
                    "A function can read and change rows of every tenant, and this one is not known to be harmless.",
                    "If it is, declare it: allowFunctions(\"" + name.unquotedName() + "\"). " + Refusals.RLS_ONLY);
        }
    }

    static Condition and(@Nullable Condition condition, Iterable<TenantPredicate> predicates) {
        Condition result = condition == null ? null : Parenthesised.of(condition);
        for (TenantPredicate predicate : predicates) {
            result = result == null ? predicate : result.and(predicate);
        }
        return result == null ? org.jooq.impl.DSL.noCondition() : result;
    }
}
