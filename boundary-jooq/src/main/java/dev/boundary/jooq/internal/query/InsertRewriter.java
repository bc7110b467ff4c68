package dev.boundary.jooq.internal.query;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.jooq.internal.query.TenantTable.Classified;
import dev.boundary.jooq.schema.TableClassification.Child;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Row;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;

/** INSERT: every row gets the tenant; a foreign one is refused. */
final class InsertRewriter {

    private InsertRewriter() {}

    static QueryPart rewrite(Rewriting rewriting, Frame frame, QOM.Insert<?> insert) {
        frame.with(insert.$with());
        Classified target = Target.check(rewriting, frame, insert.$into());
        frame.allow(insert.$into());
        if (target == null) {
            return insert.$into(insert.$into());
        }
        if (target.classification() instanceof Child
                || insert.$select() != null
                || insert.$onDuplicateKeyUpdate()
                || insert.$onDuplicateKeyIgnore()) {
            rewriting
                    .refusals()
                    .refuse(
                            target,
                            new StatementRefusedException(
                                    "insert of " + target.name(),
                                    "The query layer cannot check this form of INSERT yet.",
                                    "Insert rows with VALUES. " + Refusals.RLS_ONLY));
            return insert.$into(insert.$into());
        }
        Field<?> column = Assignments.columns(target.classification()).getFirst();
        return values(new TenantValue(rewriting, frame, target), insert, column, rewriting);
    }

    private static QueryPart values(TenantValue check, QOM.Insert<?> insert, Field<?> column, Rewriting rewriting) {
        if (insert.$defaultValues() || insert.$columns().isEmpty()) {
            return insert.$defaultValues(false)
                    .$columns(List.of(column))
                    .$values(List.of(DSL.row(rewriting.predicates().tenantValue())));
        }
        List<Field<?>> columns = new ArrayList<>(insert.$columns());
        int position = position(columns, column);
        if (position < 0) {
            columns.add(column);
        }
        List<Row> rows = new ArrayList<>(insert.$values().size());
        for (Row row : insert.$values()) {
            List<Field<?>> values = new ArrayList<>(List.of(row.fields()));
            if (position < 0) {
                values.add(rewriting.predicates().tenantValue());
            } else {
                values.set(position, check.inserted(values.get(position)));
            }
            rows.add(DSL.row(values));
        }
        return insert.$columns(columns).$values(rows);
    }

    static int position(List<? extends Field<?>> columns, Field<?> column) {
        for (int i = 0; i < columns.size(); i++) {
            if (Assignments.sameName(columns.get(i).getUnqualifiedName(), column.getUnqualifiedName())) {
                return i;
            }
        }
        return -1;
    }
}
