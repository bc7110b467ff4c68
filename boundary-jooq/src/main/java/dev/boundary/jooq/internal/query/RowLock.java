package dev.boundary.jooq.internal.query;

import java.util.Locale;
import java.util.Set;

/**
 * What FOR UPDATE, FOR SHARE and their like in a SELECT lock.
 *
 * @param exists whether there is such a clause
 * @param of the names of the tables that it names; none if it locks all of them
 */
record RowLock(boolean exists, Set<String> of) {

    static final RowLock NONE = new RowLock(false, Set.of());

    boolean locks(String table) {
        return exists && (of.isEmpty() || of.contains(key(table)));
    }

    /**
     * The same for all ways to write the name of one table; different tables may share it, and are then locked, too.
     */
    static String key(String name) {
        return Identifier.cut(name).toLowerCase(Locale.ROOT);
    }

    boolean locksAll() {
        return exists && of.isEmpty();
    }
}
