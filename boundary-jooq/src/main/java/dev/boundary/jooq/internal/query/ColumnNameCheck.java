package dev.boundary.jooq.internal.query;

import org.jooq.Name;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.TableImpl;

/**
 * Checks columns that are given by name. PostgreSQL reads {@code t.f} as the call {@code f(t)} if table t has no column
 * f (manual, section 4.2.4), so the column must exist.
 */
final class ColumnNameCheck {

    private final StatementLevel level;

    ColumnNameCheck(StatementLevel level) {
        this.level = level;
    }

    /** Whether a column was given by the names of its table and its own; a generated one is there. */
    static boolean concerns(TableField<?, ?> column) {
        Table<?> table = column.getTable();
        return table != null && table.getClass() == TableImpl.class;
    }

    /** Checks the name of a column with that of its table. */
    void check(Name name) {
        String qualifier = name.parts()[name.parts().length - 2].last();
        String column = name.last();
        Table<?> table = qualifier == null ? null : level.qualified(qualifier);
        if (table != null && column != null && LevelTables.lacks(table, column)) {
            level.refuse(
                    " that reads " + name.unquotedName(),
                    "Table " + table.getName() + " has no column " + column
                            + ", and PostgreSQL would call a function of that name with the row.",
                    "Name a column of the table, or generate jOOQ's classes again if it is new.");
        }
    }
}
