package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.rls.internal.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the values of one row: first those that are settled, then those that are chosen. */
final class RowBuilder {

    private final TypedTable table;
    private final @Nullable String tenantColumn;
    private final ValueGenerator generator;
    private final Map<String, @Nullable String> values = new LinkedHashMap<>();

    /** The columns with generated values. */
    private final Set<String> own = new HashSet<>();

    RowBuilder(TypedTable table, @Nullable String tenantColumn, ValueGenerator generator) {
        this.table = table;
        this.tenantColumn = tenantColumn;
        this.generator = generator;
    }

    /** Takes the values that were asked for, the tenant, and what the project overrides. */
    void settle(Map<String, String> given, @Nullable String tenant, RowOverride override) {
        values.putAll(given);
        if (tenantColumn != null) {
            values.put(tenantColumn, tenant);
        }
        for (TypedColumn column : table.columns()) {
            String value = override.value(table.name(), column.name(), generator.number());
            if (value != null) {
                values.putIfAbsent(column.name(), value);
            }
        }
    }

    /** What the row that a foreign key references must have, by its columns. */
    Map<String, String> required(CatalogForeignKey key) {
        Map<String, String> required = new LinkedHashMap<>();
        for (int i = 0; i < key.columns().size(); i++) {
            String value = values.get(key.columns().get(i));
            if (value != null) {
                required.put(key.targetColumns().get(i), value);
            }
        }
        return required;
    }

    /** Whether a column of a foreign key is null, so that the key is not checked: in a shared row of a mixed table. */
    boolean isUnchecked(CatalogForeignKey key) {
        return key.columns().stream().anyMatch(column -> values.containsKey(column) && values.get(column) == null);
    }

    void reference(CatalogForeignKey key, Map<String, @Nullable String> parent) {
        for (int i = 0; i < key.columns().size(); i++) {
            if (!values.containsKey(key.columns().get(i))) {
                values.put(key.columns().get(i), parent.get(key.targetColumns().get(i)));
            }
        }
    }

    /** Leaves the columns of a foreign key null that may be. */
    void leaveNull(CatalogForeignKey key) {
        key.columns().stream()
                .filter(column -> !table.column(column).notNull())
                .forEach(column -> values.putIfAbsent(column, null));
    }

    /**
     * Generates values for the other columns until PostgreSQL accepts them, nullable columns too, so that there is
     * something to leak.
     */
    void complete(Connection connection, CheckSolver solver) throws SQLException {
        Set<String> settled = new HashSet<>(values.keySet());
        for (TypedColumn column : table.columns()) {
            if (!column.generated() && !values.containsKey(column.name())) {
                fill(connection, column);
            }
        }
        solver.solve(table, values, settled, generator);
        referenceItself();
    }

    private void fill(Connection connection, TypedColumn column) throws SQLException {
        if (!column.hasDefault()) {
            values.put(column.name(), generator.value(column.type()));
            own.add(column.name());
        } else if (isChecked(column) && column.column().defaultSql() != null) {
            values.put(column.name(), defaultValue(connection, column));
        }
    }

    private boolean isChecked(TypedColumn column) {
        return table.checks().stream().anyMatch(check -> check.columns().contains(column.name()));
    }

    private static @Nullable String defaultValue(Connection connection, TypedColumn column) throws SQLException {
        String type = column.type().sql();
        return Jdbc.value(connection, "select cast((" + column.column().defaultSql() + ") as " + type + ")::text");
    }

    /** A self-referencing key that must not be null points at the row itself. */
    private void referenceItself() {
        for (CatalogForeignKey key : table.foreignKeys()) {
            for (int i = 0; key.isSelfReference() && i < key.columns().size(); i++) {
                TypedColumn column = table.column(key.columns().get(i));
                String target = key.targetColumns().get(i);
                if (column.notNull() && !target.equals(column.name())) {
                    values.put(column.name(), values.get(target));
                }
            }
        }
    }

    RowDraft draft(Map<String, String> given, @Nullable String tenant) {
        Set<String> markers = table.columns().stream()
                .filter(this::isMarker)
                .map(TypedColumn::name)
                .collect(Collectors.toSet());
        return new RowDraft(table, tenant, given, values, markers);
    }

    /** Whether a column identifies the row: its value was generated for it, or is a random default. */
    private boolean isMarker(TypedColumn column) {
        String value = values.get(column.name());
        if (!values.containsKey(column.name())) {
            return column.type().name().equals("uuid");
        }
        boolean asGenerated =
                own.contains(column.name()) && value != null && value.equals(generator.value(column.type()));
        return column.isMarker(value) && (asGenerated || column.name().equals(tenantColumn));
    }
}
