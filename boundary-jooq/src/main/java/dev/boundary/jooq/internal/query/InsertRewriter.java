package dev.boundary.jooq.internal.query;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.jooq.internal.query.TenantTable.Classified;
import dev.boundary.jooq.schema.TableClassification.Child;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Row;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;

/** INSERT: every row gets the tenant; a foreign one is refused, here or by the database. */
final class InsertRewriter {

    private static final String SOURCE = "boundary_source";

    /** How jOOQ names the columns of a table that it knows only by name, if there is no list of them. */
    private static final String UNKNOWN_COLUMN = "unknown field ";

    private final Rewriting rewriting;
    private final Written written;

    private InsertRewriter(Rewriting rewriting, Written written) {
        this.rewriting = rewriting;
        this.written = written;
    }

    static QueryPart rewrite(Rewriting rewriting, Frame frame, QOM.Insert<?> insert) {
        frame.with(insert.$with());
        Table<?> into = insert.$into();
        Classified target = Target.check(rewriting, frame, into);
        frame.allow(into);
        if (target == null) {
            return insert.$into(into); // the query that a DSL statement builds, which is not announced again
        }
        Written written = new Written(rewriting, frame, into, target);
        QOM.Insert<?> result = new InsertRewriter(rewriting, written).rows(insert);
        return new Conflicts(rewriting, frame, written, target).rewrite(result);
    }

    private QOM.Insert<?> rows(QOM.Insert<?> insert) {
        Select<?> select = insert.$select();
        List<? extends Field<?>> columns = columns(insert);
        checkEmbeddables(columns);
        if (select != null) {
            return select(insert, columns, select);
        }
        if (insert.$defaultValues() || insert.$values().isEmpty()) {
            return defaults(insert);
        }
        if (columns.isEmpty()) {
            refuseWithoutColumns();
            return insert;
        }
        return values(insert, columns);
    }

    /** An embeddable stands for columns that could come a second time, and jOOQ takes the last. */
    void checkEmbeddables(List<? extends Field<?>> columns) {
        if (columns.stream().anyMatch(written::embedsDecisive)) {
            written.refuse(new StatementRefusedException(
                    written.statement(),
                    "One of its columns is an embeddable that holds the column that decides the tenant of the row.",
                    "Name the columns of the embeddable one by one."));
        }
    }

    private void refuseWithoutColumns() {
        written.refuse(new StatementRefusedException(
                written.statement(),
                "It names no columns, so that the one that decides the tenant cannot be found among the values.",
                "Name the columns: insertInto(table, columns)."));
    }

    private QOM.Insert<?> defaults(QOM.Insert<?> insert) {
        Field<?> column = written.decisiveColumns().getFirst();
        if (written.classification() instanceof Child) {
            written.refuseMissing(column);
            return insert;
        }
        return insert.$defaultValues(false)
                .$columns(List.of(column))
                .$values(List.of(DSL.row(rewriting.predicates().tenantValue())));
    }

    private QOM.Insert<?> values(QOM.Insert<?> insert, List<? extends Field<?>> columns) {
        List<Row> rows = new ArrayList<>(insert.$values().size());
        for (Row row : insert.$values()) {
            rows.add(DSL.row(values(columns, List.of(row.fields()))));
        }
        return insert.$columns(withTenant(columns)).$values(rows);
    }

    /** The columns, and the tenant column if it is not among them. */
    List<Field<?>> withTenant(List<? extends Field<?>> columns) {
        List<Field<?>> result = new ArrayList<>(columns);
        if (isMissing(columns)) {
            result.add(written.decisiveColumns().getFirst());
        }
        return result;
    }

    private boolean isMissing(List<? extends Field<?>> columns) {
        return !(written.classification() instanceof Child)
                && position(columns, written.decisiveColumns().getFirst()) < 0;
    }

    /** The values of one row for {@link #withTenant}. */
    List<Field<?>> values(List<? extends Field<?>> columns, List<? extends Field<?>> values) {
        List<Field<?>> result = new ArrayList<>(values);
        if (isMissing(columns)) {
            result.add(rewriting.predicates().tenantValue());
            return result;
        }
        for (Field<?> column : written.decisiveColumns()) {
            int position = position(columns, column);
            if (position < 0) {
                written.refuseMissing(column);
            } else if (written.classification() instanceof Child child) {
                result.set(position, written.parentKey(child, column, columns, values));
            } else {
                result.set(position, written.insertedTenant(values.get(position)));
            }
        }
        return result;
    }

    static InsertRewriter of(Rewriting rewriting, Written written) {
        return new InsertRewriter(rewriting, written);
    }

    private QOM.Insert<?> select(QOM.Insert<?> insert, List<? extends Field<?>> columns, Select<?> select) {
        if (columns.isEmpty()) {
            refuseWithoutColumns();
            return insert;
        }
        if (isMissing(columns)) {
            // What is selected need not have names: all of it, and the tenant.
            Table<?> source = select.$with(null).asTable(SOURCE);
            return insert.$columns(withTenant(columns))
                    .$select(DSL.select(DSL.asterisk(), rewriting.predicates().tenantValue())
                            .from(source)
                            .$with(select.$with()));
        }
        written.checkConstants(columns, select);
        Source source = Source.of(select, columns);
        return insert.$columns(columns)
                .$select(DSL.select(values(columns, source.fields()))
                        .from(source.table())
                        .$with(select.$with()));
    }

    /**
     * A subquery whose columns are written into the columns of a table, as a derived table.
     *
     * @param table the derived table; it leaves the subquery's WITH clause to the query around
     * @param fields its columns, with the types of the columns that they are written into
     */
    record Source(Table<?> table, List<Field<?>> fields) {

        static Source of(Select<?> select, List<? extends Field<?>> columns) {
            String[] names = IntStream.rangeClosed(1, columns.size())
                    .mapToObj(i -> "c" + i)
                    .toArray(String[]::new);
            List<Field<?>> fields = new ArrayList<>();
            for (int i = 0; i < names.length; i++) {
                fields.add(DSL.field(DSL.name(SOURCE, names[i]), columns.get(i).getDataType()));
            }
            return new Source(select.$with(null).asTable(SOURCE, names), fields);
        }
    }

    /** The columns that the rows have values for; without a list those of the table, as far as they are known. */
    private static List<? extends Field<?>> columns(QOM.Insert<?> insert) {
        List<? extends Field<?>> columns = insert.$columns();
        List<? extends Field<?>> known = List.of(insert.$into().fields());
        if (known.isEmpty()
                && !columns.isEmpty()
                && columns.getFirst().getName().startsWith(UNKNOWN_COLUMN)) {
            return List.of();
        }
        return columns.isEmpty() && insert.$select() != null ? known : columns;
    }

    /** Whether a field is a column of what an INSERT selects. */
    static boolean isOfSource(Field<?> field) {
        return SOURCE.equals(field.getQualifiedName().first());
    }

    static int position(List<? extends Field<?>> columns, Field<?> column) {
        for (int i = 0; i < columns.size(); i++) {
            if (Written.sameName(columns.get(i), column)) {
                return i;
            }
        }
        return -1;
    }
}
