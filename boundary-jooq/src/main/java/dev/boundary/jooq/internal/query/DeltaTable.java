package dev.boundary.jooq.internal.query;

import java.util.List;
import org.jooq.QueryPart;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.impl.QOM;

/**
 * {@code finalTable(...)}, {@code newTable(...)} and {@code oldTable(...)}. For PostgreSQL jOOQ writes the statement into
 * the WITH clause of the outermost SELECT, and into FROM the name that it has there.
 */
final class DeltaTable {

    private DeltaTable() {}

    /**
     * Refuses where jOOQ writes the name only, which would be that of a table.
     *
     * @param around the parts around, the outermost first
     */
    static void check(Rewriting rewriting, Frame frame, List<QueryPart> around) {
        if (!isInSelect(frame, around) && !(around.size() > 4 && isStatement(around.subList(0, 4)))) {
            rewriting
                    .refusals()
                    .refuse(
                            Describe.level(frame),
                            "It reads finalTable(...), newTable(...) or oldTable(...), and jOOQ leaves out their statement"
                                    + " where the outermost statement is no SELECT.",
                            "Put the statement into a common table expression: with(\"changed\").as(statement).");
        }
    }

    private static boolean isInSelect(Frame frame, List<QueryPart> around) {
        Select<?> outermost =
                !around.isEmpty() && around.getFirst() instanceof ResultQuery<?> ? frame.outermostSelect() : null;
        if (outermost == null) {
            return false;
        }
        QOM.With with = outermost.$with();
        return with == null || !with.$commonTableExpressions().isEmpty();
    }

    /**
     * Whether a part is the statement, as jOOQ puts it into the WITH clause, which it renders apart: in a common table
     * expression that is a template.
     *
     * @param around the parts around it, the outermost first
     */
    static boolean isStatement(List<QueryPart> around) {
        return around.size() == 4
                && PartKind.of(around.get(0)) == PartKind.LIST
                && PartKind.of(around.get(1)) == PartKind.CTE
                && around.get(2) instanceof ResultQuery<?>
                && PartKind.of(around.get(3)) == PartKind.TEXT;
    }
}
