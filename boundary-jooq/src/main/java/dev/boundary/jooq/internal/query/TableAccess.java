package dev.boundary.jooq.internal.query;

import dev.boundary.core.TenantNotSetException;
import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import dev.boundary.jooq.internal.query.ResolvedTable.Harmless;
import dev.boundary.jooq.internal.query.ResolvedTable.Unknown;
import dev.boundary.jooq.schema.TableClassification.Global;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** What a tenant may see of the tables that one statement level names. */
final class TableAccess {

    private static final String DECLARE =
            "Declare it in the TenantSchema (global or exempt if it has no tenant), or name it with its schema.";

    private final StatementLevel level;
    private final RewriteContext context;

    TableAccess(StatementLevel level) {
        this.level = level;
        this.context = level.context();
    }

    /**
     * What a table is.
     *
     * @param ctes the common table expressions that the name can mean; none where PostgreSQL takes only tables
     * @return its declaration; null if there is nothing to protect
     */
    @Nullable
    Classified classify(Table<?> table, CteNames ctes) {
        return switch (context.tables().resolve(table, ctes, context.configuration())) {
            case Classified classified -> classified;
            case Harmless harmless -> null;
            case Unknown unknown -> {
                refuse(unknown);
                yield null;
            }
        };
    }

    private void refuse(Unknown unknown) {
        level.refuse(" on " + unknown.name(), unknown.why(), DECLARE);
    }

    /** Whether a name is that of something that holds no rows of its own. */
    boolean isHarmless(Table<?> table) {
        return context.tables().resolve(table, level.ctes().visible(), context.configuration()) instanceof Harmless;
    }

    /** Whether a name is that of a relation in PostgreSQL's catalog. */
    boolean isCatalog(Table<?> table) {
        return context.tables().resolve(table, CteNames.NONE, context.configuration()) instanceof Harmless;
    }

    /** The declaration of a table that must carry a predicate; null for all others. */
    @Nullable
    Classified tenantRows(Table<?> table) {
        Classified classified =
                TableNames.isNamedTable(table) ? classify(table, level.ctes().visible()) : null;
        if (classified == null) {
            return null;
        }
        if (classified.classification() instanceof Global(boolean writable) && !writable) {
            level.locks().addReadOnly(table, classified);
        }
        return requireTenant(classified);
    }

    /**
     * Refuses if the rows of a table belong to tenants and no scope is open.
     *
     * @return the table; null if it needs no predicate: it has no tenant rows, or is only observed
     */
    @Nullable
    Classified requireTenant(Classified table) {
        return table.hasTenantRows() && hasTenant(table) ? table : null;
    }

    private boolean hasTenant(Classified table) {
        if (context.tenant() != null) {
            return true;
        }
        TenantNotSetException error = TenantNotSetException.noScope("A " + level.kind() + " on " + table.name());
        if (context.strict()) {
            context.refusals().refuse(table, error);
        } else {
            context.refusals().report(error); // it finds no row
        }
        return !context.strict();
    }

    /** Which rows of a table a query may see: of those that it locks, only those that the tenant may change. */
    TenantPredicate predicate(Table<?> table, Classified classified) {
        Predicates predicates = context.predicates();
        if (!predicates.readMoreThanWritten(classified)) {
            return predicates.read(table, classified);
        }
        if (level.isOutermost()) {
            checkLocks(classified);
        }
        return level.locks().locks(table.getName())
                ? predicates.write(table, classified)
                : predicates.read(table, classified);
    }

    /** The joins of paths are rendered apart, outside of their statement. */
    private void checkLocks(Classified table) {
        Refusals refusals = context.refusals();
        if (new RowLockFinder(context.configuration()).locksAll(refusals.statement())) {
            refusals.refuse(
                    table,
                    "a statement that joins " + table.name() + " by a path",
                    "It locks rows, and jOOQ renders the join separately, so it is not known whether it locks rows of "
                            + table.name() + ", too, where a tenant may lock only its own.",
                    "Name the tables to lock: forUpdate().of(table).");
        }
    }
}
