package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.ResolvedTable.Classified;

/** Checks the locking clause of one statement level, which jOOQ announces after WHERE was rendered. */
final class LockClauseCheck {

    private final StatementLevel level;

    LockClauseCheck(StatementLevel level) {
        this.level = level;
    }

    void check() {
        if (level.locks().wasMissed()) {
            level.refuse(
                    "",
                    "It locks rows, and which ones could not be determined in advance.",
                    "Write the statement differently, and please report it. " + Refusals.RLS_ONLY);
        }
        level.locks().lockedReadOnly().forEach(this::refuseReadOnly);
    }

    private void refuseReadOnly(Classified table) {
        level.refuse(
                table,
                " on " + table.name(),
                "It locks rows of a table that is declared global: tenants only read it, and none may block another.",
                "Name the tables to lock: forUpdate().of(table).");
    }
}
