package dev.boundary.jooq.internal.query;

import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.CustomField;
import org.jooq.impl.QOM;

/** The columns of a table as a statement must name them. */
record TableColumns(Table<?> table) {

    /** A declared column under the table's alias and, if that has one, by the name in its column list. */
    Field<?> column(Field<?> declared) {
        Table<?> base = TableNames.unaliased(table);
        Field<?> baseColumn = base.field(declared.getUnqualifiedName());
        if (baseColumn == null) {
            return unknownColumn(declared);
        }
        Field<?> column = table.field(base.indexOf(baseColumn));
        if (column == null) {
            return unknownColumn(declared);
        }
        return column instanceof TableField<?, ?> field && field.getTable() != null
                ? qualified(field.getTable(), field)
                : column;
    }

    /** A column of a table that was named without its columns. */
    private Field<?> unknownColumn(Field<?> declared) {
        if (table instanceof QOM.TableAlias<?> && table.fields().length > 0) {
            throw new IllegalArgumentException("no column " + declared.getName() + " in " + table);
        }
        return qualified(table, declared);
    }

    /** A column that names its table whatever the settings are: inside a subquery its name alone may mean another. */
    private static Field<?> qualified(Table<?> table, Field<?> column) {
        return CustomField.of(column.getUnqualifiedName(), column.getDataType(), context -> {
            if (context.qualify()) {
                context.declareTables(false, inner -> inner.visit(table)).sql('.');
            }
            context.visit(column.getUnqualifiedName());
        });
    }
}
