package dev.boundary.jooq.internal.query;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.jooq.internal.query.TenantTable.Classified;
import dev.boundary.jooq.schema.TableClassification.Global;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** The table that a statement changes. */
final class Target {

    private Target() {}

    /**
     * Checks that a tenant may change the table.
     *
     * @return its declaration if its rows belong to tenants, else null
     */
    static @Nullable Classified check(Rewriting rewriting, Frame frame, Table<?> table) {
        if (!TableNames.isNamedTable(table)) {
            rewriting
                    .refusals()
                    .refuse(
                            Describe.level(frame) + " of " + table.getName(),
                            "It changes something that is not a single table.",
                            "Name the table that it changes, and join others in FROM or USING.");
            return null;
        }
        // Never a common table expression: PostgreSQL changes the table of that name, whatever WITH declares.
        Classified classified = rewriting.classify(frame, table, CteNames.NONE);
        if (classified == null) {
            return null;
        }
        if (classified.classification() instanceof Global(boolean writable) && !writable) {
            rewriting
                    .refusals()
                    .refuse(
                            classified,
                            new StatementRefusedException(
                                    Describe.level(frame) + " of " + classified.name(),
                                    "The table is declared global: tenants read it and none may change it.",
                                    "Change it in TenantContext.unscoped(\"the reason\"), or declare it globalWritable(...)."));
        }
        if (!classified.hasTenantRows()) {
            return null;
        }
        return rewriting.hasTenant(frame, classified) ? classified : null;
    }
}
