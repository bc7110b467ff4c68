package dev.boundary.jooq.internal.query;

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
        return exists && (of.isEmpty() || of.contains(table));
    }

    boolean locksAll() {
        return exists && of.isEmpty();
    }
}
