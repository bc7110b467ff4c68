package dev.boundary.jooq.internal.query;

import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.impl.QOM;

/**
 * Checks {@code finalTable(...)}, {@code newTable(...)} and {@code oldTable(...)}. For PostgreSQL jOOQ writes the
 * statement into the WITH clause of the outermost SELECT, and into FROM the name that it has there. Elsewhere it would
 * write the name only, which would be that of a table.
 */
final class DeltaTableCheck {

    private final StatementLevel level;
    private final PartPath path;

    /** For a table announced now in a level, with the parts around it. */
    DeltaTableCheck(StatementLevel level, PartPath path) {
        this.level = level;
        this.path = path;
    }

    void check() {
        if (!isInSelect() && !path.isInDeltaStatement()) {
            level.refuse(
                    "",
                    "It reads finalTable(...), newTable(...) or oldTable(...), and jOOQ omits their statement where"
                            + " the outermost statement is not a SELECT.",
                    "Put the statement into a common table expression: with(\"changed\").as(statement).");
        }
    }

    private boolean isInSelect() {
        Select<?> outermost =
                !path.isEmpty() && path.part(0) instanceof ResultQuery<?> ? level.outermostSelect() : null;
        if (outermost == null) {
            return false;
        }
        QOM.With with = outermost.$with();
        return with == null || !with.$commonTableExpressions().isEmpty();
    }
}
