package dev.boundary.jooq.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/** The tables that one statement level names, under the names that columns are qualified with there. */
final class LevelTables {

    /** How a statement that changes a table names its rows, beside the table's own name. */
    private static final List<String> ROWS_OF_TARGET = List.of("excluded", "old", "new");

    /** What every table has (manual, section 5.6). */
    private static final List<String> SYSTEM_COLUMNS = List.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

    private final List<Table<?>> tables = new ArrayList<>();
    private final @Nullable Table<?> target;

    private LevelTables(@Nullable Table<?> target, List<? extends Table<?>> others) {
        this.target = target;
        others.forEach(this::add);
        if (target != null) {
            add(target);
        }
    }

    static LevelTables of(@Nullable QueryPart statement) {
        return switch (statement) {
            case Select<?> select -> new LevelTables(null, select.$from());
            case QOM.Update<?> update -> new LevelTables(update.$table(), update.$from());
            case QOM.Delete<?> delete -> new LevelTables(delete.$from(), delete.$using());
            case QOM.Insert<?> insert -> new LevelTables(insert.$into(), List.of());
            case QOM.Merge<?> merge
            when merge.$using() instanceof Table<?> source -> new LevelTables(merge.$into(), List.of(source));
            case QOM.Merge<?> merge -> new LevelTables(merge.$into(), List.of());
            case null, default -> new LevelTables(null, List.of());
        };
    }

    private void add(Table<?> table) {
        if (table instanceof QOM.JoinTable<?, ?> join) {
            add(join.$table1());
            add(join.$table2());
        } else {
            tables.add(table);
        }
    }

    /** A name that no table here has, made of one that describes it. */
    String unusedName(String wanted) {
        String name = wanted;
        for (int i = 2; find(name) != null; i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    /** The table that a qualifier means here; null if it is not of this level. */
    @Nullable
    Table<?> qualified(String qualifier) {
        Table<?> found = find(qualifier);
        if (found == null && target != null && ROWS_OF_TARGET.stream().anyMatch(qualifier::equalsIgnoreCase)) {
            return target;
        }
        return found;
    }

    private @Nullable Table<?> find(String name) {
        for (Table<?> table : tables) {
            if (Identifier.sameIgnoringCase(table.getName(), name)) {
                return table;
            }
        }
        return null;
    }

    /** Whether a table is known to have no column of a name. */
    static boolean lacks(Table<?> table, String column) {
        Field<?>[] fields = table.fields();
        if (fields.length == 0 || SYSTEM_COLUMNS.contains(column)) {
            return false;
        }
        for (Field<?> field : fields) {
            if (Identifier.sameIgnoringCase(field.getName(), column)) {
                return false;
            }
        }
        return true;
    }
}
