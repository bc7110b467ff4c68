package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.ResolvedTable.Classified;

/** Checks the locking clause of one statement level, which jOOQ announces after WHERE was rendered. */
final class LockClauseCheck {

    private final StatementLevel level;
    private final Refusals refusals;

    LockClauseCheck(StatementLevel level) {
        this.level = level;
        this.refusals = level.context().refusals();
    }

    void check() {
        if (level.locks().wasMissed()) {
            refusals.refuse(
                    level.kind(),
                    "It locks rows, and which it locks could not be found out before.",
                    "Write the statement in another way, and please report it. " + Refusals.RLS_ONLY);
        }
        level.locks().lockedReadOnly().forEach(this::refuseReadOnly);
    }

    private void refuseReadOnly(Classified table) {
        refusals.refuse(
                table,
                level.kind() + " on " + table.name(),
                "It locks rows of a table that is declared global: tenants read it and none may keep"
                        + " the others from it.",
                "Name the tables whose rows it is to lock: forUpdate().of(table).");
    }
}
