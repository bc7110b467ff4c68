package dev.boundary.jooq.internal.query;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.jooq.internal.query.TenantTable.Classified;
import dev.boundary.jooq.schema.TableClassification;
import dev.boundary.jooq.schema.TableClassification.Child;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import dev.boundary.jooq.schema.TableClassification.Tenant;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jooq.FieldOrRow;
import org.jooq.FieldOrRowOrSelect;
import org.jooq.Name;
import org.jooq.Row;
import org.jooq.impl.QOM;

/** SET clauses: no row may leave its tenant. */
final class Assignments {

    private Assignments() {}

    static QOM.Update<?> rewrite(Rewriting rewriting, Frame frame, Classified target, QOM.Update<?> update) {
        check(rewriting, frame, target, update.$set());
        return update;
    }

    /** Refuses an assignment that could move a row to another tenant. */
    static void check(
            Rewriting rewriting,
            Frame frame,
            Classified target,
            Map<? extends FieldOrRow, ? extends FieldOrRowOrSelect> set) {
        for (Map.Entry<? extends FieldOrRow, ? extends FieldOrRowOrSelect> entry : set.entrySet()) {
            if (entry.getKey() instanceof Field<?> column) {
                column(rewriting, frame, target, column, entry.getValue());
            } else if (entry.getKey() instanceof Row row) {
                row(rewriting, frame, target, row, entry.getValue());
            }
        }
    }

    private static void row(Rewriting rewriting, Frame frame, Classified target, Row row, FieldOrRowOrSelect value) {
        Field<?>[] columns = row.fields();
        for (int i = 0; i < columns.length; i++) {
            column(rewriting, frame, target, columns[i], value instanceof Row values ? values.fields()[i] : value);
        }
    }

    private static void column(
            Rewriting rewriting, Frame frame, Classified target, Field<?> column, FieldOrRowOrSelect value) {
        if (!decidesTenant(target.classification(), column)) {
            return;
        }
        if (target.classification() instanceof Child || !(value instanceof Field<?> field)) {
            rewriting
                    .refusals()
                    .refuse(
                            target,
                            new StatementRefusedException(
                                    Describe.level(frame) + " of " + target.name(),
                                    "It changes " + column.getName() + ", which decides the tenant of the row.",
                                    "Leave that column as it is, or delete the row and insert another."));
        } else if (!isSameColumn(field, column)) {
            new TenantValue(rewriting, frame, target).constant(field);
        }
    }

    private static boolean isSameColumn(Field<?> value, Field<?> column) {
        return value instanceof org.jooq.TableField<?, ?> && value.equals(column);
    }

    static boolean decidesTenant(TableClassification classification, Field<?> column) {
        return columns(classification).stream()
                .anyMatch(decisive -> sameName(decisive.getUnqualifiedName(), column.getUnqualifiedName()));
    }

    static List<? extends Field<?>> columns(TableClassification classification) {
        return switch (classification) {
            case Tenant(Field<?> column) -> List.of(column);
            case Mixed(Field<?> column) -> List.of(column);
            case Child child -> child.columns();
            default -> List.of();
        };
    }

    static boolean sameName(Name left, Name right) {
        return left.last() != null && left.last().equalsIgnoreCase(right.last());
    }
}
