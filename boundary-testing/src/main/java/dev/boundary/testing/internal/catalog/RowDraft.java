package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row before it is inserted.
 *
 * @param table its table
 * @param tenant the key of its tenant as text, or null for a shared row
 * @param given values that the row had to have
 * @param values all values, as PostgreSQL's input function reads them; columns with a default may be missing
 * @param markers the columns whose values are in no other row
 */
public record RowDraft(
        TypedTable table,
        @Nullable String tenant,
        Map<String, String> given,
        Map<String, @Nullable String> values,
        Set<String> markers) {

    GeneratedRow insert(Connection connection) throws SQLException {
        List<@Nullable String> row = Jdbc.rows(
                        connection,
                        "insert into " + table.name().quoted() + columnsAndValues() + " returning "
                                + table.columnsAsText() + ", tableoid::text, ctid::text",
                        values.values().toArray())
                .getFirst();
        Map<String, @Nullable String> inserted = table.byColumn(row);
        int count = table.columns().size();
        return new GeneratedRow(
                table.name(),
                tenant,
                new GeneratedRow.Place(
                        Long.parseLong(Objects.requireNonNull(row.get(count))),
                        Objects.requireNonNull(row.get(count + 1))),
                inserted,
                markersIn(inserted));
    }

    private String columnsAndValues() {
        List<String> columns = new ArrayList<>(values.keySet());
        if (columns.isEmpty()) {
            return " default values";
        }
        String placeholders = columns.stream()
                .map(column -> table.column(column).placeholder())
                .collect(Collectors.joining(", "));
        return " (" + Quoting.identifiers(columns) + ") overriding system value values (" + placeholders + ")";
    }

    private Set<String> markersIn(Map<String, @Nullable String> inserted) {
        Set<String> found = new HashSet<>();
        for (String column : markers) {
            String value = inserted.get(column);
            if (value != null && table.column(column).isMarker(value)) {
                found.add(value);
            }
        }
        return Set.copyOf(found);
    }
}
