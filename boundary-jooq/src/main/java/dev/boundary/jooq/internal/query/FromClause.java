package dev.boundary.jooq.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Table;

/**
 * The rewritten items of a FROM or USING clause.
 *
 * @param tables the items
 * @param isChanged whether any item is another one than before
 */
record FromClause(List<Table<?>> tables, boolean isChanged) {

    /**
     * Rewrites a clause.
     *
     * @param where receives the predicates that belong into the WHERE clause of the level
     */
    @SuppressWarnings("ReferenceEquality") // tables are equal by name
    static FromClause rewrite(StatementLevel level, List<? extends Table<?>> tables, Conjunction where) {
        JoinTree tree = JoinTree.explicit(level);
        List<Table<?>> result = new ArrayList<>(tables.size());
        boolean changed = false;
        for (Table<?> table : tables) {
            Table<?> rewritten = tree.rewrite(table, where);
            result.add(rewritten);
            changed |= rewritten != table;
        }
        return new FromClause(result, changed);
    }
}
