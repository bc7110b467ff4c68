package dev.boundary.jooq.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one statement level that need no further predicate. Each is known by its identity: at other levels the
 * same table needs a predicate of its own.
 */
final class GuardedTables {

    private final List<Table<?>> tables = new ArrayList<>(0);

    /** Whether the table that the statement changes is still to be announced. */
    private boolean targetToCome;

    /** For a level; tells whether the first table that is announced in it is the one that it changes. */
    GuardedTables(boolean hasTarget) {
        this.targetToCome = hasTarget;
    }

    void add(Table<?> table) {
        tables.add(table);
    }

    /**
     * Whether a table that is announced now is the one that the statement changes. jOOQ may have replaced it by another
     * object, say without a condition that the user gave the table; it is still the first table of its statement.
     *
     * @param statement the statement as it is rendered
     * @param path the parts around the table
     */
    @SuppressWarnings("ReferenceEquality")
    boolean isTarget(@Nullable QueryPart statement, PartPath path) {
        boolean isTarget = targetToCome && !path.isEmpty() && path.parent() == statement;
        targetToCome &= !isTarget;
        return isTarget;
    }

    /**
     * Whether the predicate of a table that is announced now was placed when the level was rewritten. That was done for
     * the tables of its FROM clause and of the joins in it, not for what hides in them, behind an alias of a join, say.
     *
     * @param statement the statement as it is rendered
     * @param path the parts around the table
     */
    @SuppressWarnings("ReferenceEquality")
    boolean contains(Table<?> table, @Nullable QueryPart statement, PartPath path) {
        Table<?> item = table;
        for (int i = path.depth() - 1; i >= 0 && path.part(i) != statement; i--) {
            QueryPart part = path.part(i);
            if (part instanceof Guard guard) {
                return guard.guards(item);
            }
            if (path.kind(i) == PartKind.TABLE && TableNames.isNamedTable((Table<?>) part)) {
                item = (Table<?>) part; // announced as what the alias stands for
            } else if (!path.kind(i).isPartOfFrom()) {
                return false;
            }
        }
        return contains(item);
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean contains(Table<?> table) {
        for (Table<?> known : tables) {
            if (known == table) {
                return true;
            }
        }
        return false;
    }
}
