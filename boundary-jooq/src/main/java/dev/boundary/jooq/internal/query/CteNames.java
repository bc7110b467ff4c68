package dev.boundary.jooq.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Name;
import org.jspecify.annotations.Nullable;

/**
 * The names of the common table expressions that are visible at one place of a statement: those of the statement itself
 * and of all statements around it.
 */
final class CteNames {

    /** No names at all: those of the database's own tables. */
    static final CteNames NONE = new CteNames(null);

    private final @Nullable CteNames outer;
    private final List<Name> names = new ArrayList<>(0);

    CteNames(@Nullable CteNames outer) {
        this.outer = outer;
    }

    void add(Name name) {
        names.add(name);
    }

    /** The same without a name of the innermost level and all that follow it. */
    CteNames before(Name name) {
        CteNames result = new CteNames(outer);
        for (Name known : names) {
            if (same(known, name)) {
                break;
            }
            result.add(known);
        }
        return result;
    }

    boolean contains(Name name) {
        for (CteNames level = this; level != null; level = level.outer) {
            for (Name known : level.names) {
                if (same(known, name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean same(Name left, Name right) {
        return Identifier.same(left.last(), right.last()) && left.quoted() == right.quoted();
    }
}
