package dev.boundary.jooq.internal.session;

import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import dev.boundary.jooq.schema.TableClassification.Tenant;
import dev.boundary.jooq.schema.TenantSchema;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.FieldOrRow;
import org.jooq.Query;
import org.jooq.Row;
import org.jooq.Table;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/**
 * Finds statements that change a tenant column. The application role lacks the privilege for that, and PostgreSQL's
 * error names neither the column nor, other than in a message in the server's language, the table.
 */
final class TenantColumnChanges {

    private final TenantSchema schema;

    TenantColumnChanges(TenantSchema schema) {
        this.schema = schema;
    }

    /** The table whose tenant column one of the statements changes; empty for others, and for plain SQL. */
    Optional<Table<?>> changedBy(@Nullable Query... queries) {
        return Arrays.stream(queries).flatMap(this::changedTable).findFirst();
    }

    private Stream<Table<?>> changedTable(@Nullable Query query) {
        return switch (query) {
            case QOM.UpdateReturning<?> returning -> changedTable(returning.$update());
            case QOM.InsertReturning<?> returning -> changedTable(returning.$insert());
            case QOM.Update<?> update -> changed(update.$table(), update.$set().keySet());
            case QOM.Insert<?> insert ->
                changed(insert.$into(), insert.$updateSet().keySet());
            case QOM.Merge<?> merge ->
                merge.$whenMatched().stream()
                        .flatMap(
                                when -> changed(merge.$into(), when.$updateSet().keySet()));
            case null, default -> Stream.empty();
        };
    }

    private Stream<Table<?>> changed(Table<?> target, Set<? extends FieldOrRow> columns) {
        Table<?> table = target instanceof QOM.TableAlias<?> alias ? alias.$table() : target;
        return schema.tables().stream()
                .filter(declared -> declared.table().getName().equals(table.getName()))
                .filter(declared -> columns.stream()
                        .flatMap(TenantColumnChanges::fields)
                        .anyMatch(column -> isTenantColumn(declared, column)))
                .map(ClassifiedTable::table);
    }

    private static Stream<Field<?>> fields(FieldOrRow column) {
        return switch (column) {
            case Field<?> field -> Stream.of(field);
            case Row row -> Arrays.stream(row.fields());
            default -> Stream.empty();
        };
    }

    private static boolean isTenantColumn(ClassifiedTable table, Field<?> column) {
        return switch (table.classification()) {
            case Tenant(Field<?> tenant) -> tenant.getName().equals(column.getName());
            case Mixed(Field<?> tenant) -> tenant.getName().equals(column.getName());
            default -> false;
        };
    }
}
