package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Configuration;
import org.jooq.Select;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** The rows that one statement level locks: by its own FOR UPDATE or by that of a level in whose FROM clause it is. */
final class LevelLocks {

    private final Configuration configuration;
    private final @Nullable LevelLocks outer;

    /** The name of the derived table that this level is; null if it is none. */
    private final @Nullable String derivedTable;

    /** As it was written; null if this level is no SELECT. */
    private @Nullable Select<?> select;

    /** What this level locks itself; null until it is needed. */
    private @Nullable RowLock own;

    /** The tables of this level that no tenant may change, by the names that they have here. */
    private @Nullable Map<String, Classified> readOnly;

    LevelLocks(Configuration configuration, @Nullable LevelLocks outer, @Nullable String derivedTable) {
        this.configuration = configuration;
        this.outer = outer;
        this.derivedTable = derivedTable;
    }

    void select(Select<?> select) {
        this.select = select;
    }

    @Nullable
    Select<?> select() {
        return select;
    }

    /** Whether rows of a table with this name at this level are locked. */
    boolean locks(String table) {
        Select<?> written = select;
        if (written == null) {
            return false;
        }
        String name = derivedTable;
        return own(written).locks(table) || (name != null && outer != null && outer.locks(name));
    }

    private RowLock own(Select<?> written) {
        RowLock lock = own;
        if (lock == null) {
            lock = new RowLockFinder(configuration).ownLock(written);
            own = lock;
        }
        return lock;
    }

    /** Whether a locking clause that is announced now contradicts what was answered before. */
    boolean wasMissed() {
        return own != null && !own.exists();
    }

    void addReadOnly(Table<?> table, Classified classified) {
        readOnly().put(table.getName(), classified);
    }

    private Map<String, Classified> readOnly() {
        Map<String, Classified> tables = readOnly;
        if (tables == null) {
            tables = new LinkedHashMap<>();
            readOnly = tables;
        }
        return tables;
    }

    /** The tables whose rows are locked although no tenant may change them. */
    List<Classified> lockedReadOnly() {
        Map<String, Classified> tables = readOnly;
        return tables == null
                ? List.of()
                : tables.entrySet().stream()
                        .filter(table -> locks(table.getKey()))
                        .map(Map.Entry::getValue)
                        .toList();
    }
}
