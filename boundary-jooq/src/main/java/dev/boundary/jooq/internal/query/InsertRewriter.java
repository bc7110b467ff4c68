package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import dev.boundary.jooq.schema.TableClassification.Child;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;

/** INSERT: every row gets the tenant; a foreign one is refused, here or by the database. */
final class InsertRewriter {

    /** How jOOQ names the columns of a table that it knows only by name, if there is no list of them. */
    private static final String UNKNOWN_COLUMN = "unknown field ";

    private final StatementLevel level;

    InsertRewriter(StatementLevel level) {
        this.level = level;
    }

    QOM.Insert<?> rewrite(QOM.Insert<?> insert) {
        level.ctes().declare(insert.$with());
        Table<?> into = insert.$into();
        Classified classified = new TargetCheck(level).check(into);
        level.allow(into);
        if (classified == null) {
            return insert.$into(into); // the query that a DSL statement builds, which is not announced again
        }
        WriteTarget target = new WriteTarget(level, into, classified);
        return new OnConflictRewriter(target).rewrite(rows(target, insert));
    }

    private static QOM.Insert<?> rows(WriteTarget target, QOM.Insert<?> insert) {
        Columns columns = columns(insert);
        InsertedRows rows = new InsertedRows(target, columns);
        rows.checkEmbeddables();
        Select<?> select = insert.$select();
        if (select == null && (insert.$defaultValues() || insert.$values().isEmpty())) {
            return defaults(target, insert);
        }
        if (columns.isEmpty()) {
            refuseWithoutColumns(target);
            return insert;
        }
        return select == null
                ? insert.$columns(rows.columns()).$values(rows.rows(insert.$values()))
                : select(target, insert, columns, select);
    }

    private static void refuseWithoutColumns(WriteTarget target) {
        target.refuse(
                "It names no columns, so the one that decides the tenant cannot be identified among the values.",
                "Name the columns: insertInto(table, columns).");
    }

    private static QOM.Insert<?> defaults(WriteTarget target, QOM.Insert<?> insert) {
        Field<?> column = target.decidingColumn();
        if (target.classification() instanceof Child) {
            target.refuseMissing(column);
            return insert;
        }
        return insert.$defaultValues(false)
                .$columns(List.of(column))
                .$values(List.of(DSL.row(new TenantColumnValue(target).filledIn())));
    }

    private static QOM.Insert<?> select(WriteTarget target, QOM.Insert<?> insert, Columns columns, Select<?> select) {
        InsertedRows rows = new InsertedRows(target, columns);
        TenantColumnValue tenant = new TenantColumnValue(target);
        if (rows.lacksTenant()) {
            return insert.$columns(rows.columns()).$select(with(tenant, select, columns));
        }
        tenant.checkConstants(columns, select);
        SelectedSource source = SelectedSource.of(select, columns);
        return insert.$columns(columns.fields())
                .$select(DSL.select(rows.values(source.fields()))
                        .from(source.table())
                        .$with(select.$with()));
    }

    /** What is selected need not have names: all of it, and the tenant. */
    private static Select<?> with(TenantColumnValue tenant, Select<?> select, Columns columns) {
        return DSL.select(DSL.asterisk(), tenant.filledIn())
                .from(SelectedSource.asItIs(select, columns))
                .$with(select.$with());
    }

    /** The columns that the rows have values for; without a list those of the table, as far as they are known. */
    private static Columns columns(QOM.Insert<?> insert) {
        List<? extends Field<?>> columns = insert.$columns();
        List<? extends Field<?>> known = List.of(insert.$into().fields());
        if (known.isEmpty()
                && !columns.isEmpty()
                && columns.getFirst().getName().startsWith(UNKNOWN_COLUMN)) {
            return new Columns(List.of());
        }
        return new Columns(columns.isEmpty() && insert.$select() != null ? known : columns);
    }
}
