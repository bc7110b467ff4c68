package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import dev.boundary.jooq.schema.TableClassification.Global;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Checks that a tenant may change the table that a statement changes. */
final class TargetCheck {

    private final StatementLevel level;

    TargetCheck(StatementLevel level) {
        this.level = level;
    }

    /**
     * Checks the table.
     *
     * @return its declaration if its rows belong to tenants, else null
     */
    @Nullable
    Classified check(Table<?> table) {
        if (!TableNames.isNamedTable(table)) {
            refuseUnnamed(table);
            return null;
        }
        TableAccess access = new TableAccess(level);
        if (access.isCatalog(table)) {
            refuseCatalog(table);
            return null;
        }
        // Never a common table expression: PostgreSQL changes the table of that name, whatever WITH declares.
        Classified classified = access.classify(table, CteNames.NONE);
        if (classified == null) {
            return null;
        }
        if (classified.classification() instanceof Global(boolean writable) && !writable) {
            refuseReadOnly(classified);
        }
        return access.requireTenant(classified);
    }

    private void refuseUnnamed(Table<?> table) {
        level.refuse(
                " of " + table.getName(),
                "It changes something that is not a single table.",
                "Name the table that it changes, and join others in FROM or USING.");
    }

    private void refuseCatalog(Table<?> table) {
        level.refuse(
                " of " + TableNames.text(table),
                "The table is PostgreSQL's own: what is written into it changes the database, or the settings of the"
                        + " connection, for every tenant.",
                "Use the statement that PostgreSQL has for it, in TenantContext.unscoped(\"the reason\").");
    }

    private void refuseReadOnly(Classified table) {
        level.refuse(
                table,
                " of " + table.name(),
                "The table is declared global: tenants only read it.",
                "Change it in TenantContext.unscoped(\"the reason\"), or declare it globalWritable(...).");
    }
}
