package dev.boundary.jooq.internal.query;

import java.util.Arrays;
import org.jooq.QueryPart;
import org.jooq.ResultQuery;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * The parts that are being rendered, the outermost first, and what each is to the query layer. A part that is announced
 * is checked before it is pushed, when the path consists of the parts around it.
 */
final class PartPath {

    /** How many parts are around the statement where jOOQ renders the WITH clause of a data change delta table. */
    private static final int DELTA_DEPTH = 4;

    private QueryPart[] parts = new QueryPart[16];
    private PartKind[] kinds = new PartKind[16];
    private int depth;

    /** Whether the innermost part that is generated, or a user's value in one, is a generated one. */
    private boolean generated;

    void push(QueryPart part, PartKind kind) {
        if (depth == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * depth);
            parts = Arrays.copyOf(parts, 2 * depth);
        }
        kinds[depth] = kind;
        parts[depth] = part;
        depth++;
        if (marksOrigin(kind)) {
            generated = kind == PartKind.GENERATED;
        }
    }

    /** Removes the innermost part and returns it. */
    QueryPart pop() {
        depth--;
        if (marksOrigin(kinds[depth])) {
            generated = isInGeneratedPart();
        }
        return parts[depth];
    }

    private static boolean marksOrigin(PartKind kind) {
        return kind == PartKind.GENERATED || kind == PartKind.USER_VALUE;
    }

    private boolean isInGeneratedPart() {
        for (int i = depth - 1; i >= 0; i--) {
            if (marksOrigin(kinds[i])) {
                return kinds[i] == PartKind.GENERATED;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return depth == 0;
    }

    int depth() {
        return depth;
    }

    QueryPart part(int position) {
        return parts[position];
    }

    PartKind kind(int position) {
        return kinds[position];
    }

    /** The innermost part; null if there is none. */
    @Nullable
    QueryPart parent() {
        return depth > 0 ? parts[depth - 1] : null;
    }

    /** The part around {@link #parent}; null if there is none. */
    @Nullable
    QueryPart grandparent() {
        return depth > 1 ? parts[depth - 2] : null;
    }

    PartKind innermostKind() {
        return kinds[depth - 1];
    }

    /** Whether a part of a kind that is announced now must be checked. */
    boolean concerns(PartKind kind) {
        return !generated && (!kind.isPlain() || isInTemplate());
    }

    /** Whether a part that is announced now is put into SQL text. */
    boolean isInTemplate() {
        return depth > 0 && kinds[depth - 1] == PartKind.TEXT;
    }

    /** Whether a name that is announced now is that of a function. */
    boolean isAtFunctionName() {
        return depth > 0 && (kinds[depth - 1] == PartKind.FUNCTION || kinds[depth - 1] == PartKind.AGGREGATE);
    }

    /** The name of the derived table that a statement announced now is; null if it is none. */
    @Nullable
    String derivedTable() {
        String name = null;
        if (depth > 0 && kinds[depth - 1] == PartKind.TABLE) {
            for (int i = depth - 1; i >= 0 && (kinds[i] == PartKind.TABLE || kinds[i] == PartKind.OTHER); i--) {
                if (kinds[i] == PartKind.TABLE) { // the others are how jOOQ writes an alias
                    name = ((Table<?>) parts[i]).getName(); // in the end that of the alias
                }
            }
        }
        return name;
    }

    /** Whether the part announced now is the statement of a data change delta table. */
    boolean isAtDeltaStatement() {
        return depth == DELTA_DEPTH && beginsWithDeltaTable();
    }

    /** Whether the part announced now is inside the statement of a data change delta table. */
    boolean isInDeltaStatement() {
        return depth > DELTA_DEPTH && beginsWithDeltaTable();
    }

    /** jOOQ renders the WITH clause apart, and the statement in it as a template. */
    private boolean beginsWithDeltaTable() {
        return kinds[0] == PartKind.LIST
                && kinds[1] == PartKind.CTE
                && parts[2] instanceof ResultQuery<?>
                && kinds[3] == PartKind.TEXT;
    }
}
