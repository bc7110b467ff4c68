package dev.boundary.testing.internal.catalog;

import dev.boundary.core.TableKind;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds rows that a new row can reference: among those generated so far, or in the database. */
final class ParentFinder {

    private final Connection connection;
    private final List<GeneratedRow> generated = new ArrayList<>();

    ParentFinder(Connection connection) {
        this.connection = connection;
    }

    void add(GeneratedRow row) {
        generated.add(row);
    }

    /** The rows generated so far, a copy. */
    List<GeneratedRow> generated() {
        return List.copyOf(generated);
    }

    /**
     * Finds a row.
     *
     * @param table its table
     * @param owner whose rows the table holds
     * @param tenant the tenant of the row that will reference it, or null
     * @param required values that it must have
     * @return its values by column
     */
    Optional<Map<String, @Nullable String>> find(
            TypedTable table, Ownership owner, @Nullable String tenant, Map<String, String> required)
            throws SQLException {
        String parentTenant = owner.hasTenantRows() ? tenant : null;
        Optional<GeneratedRow> found = generated.stream()
                .filter(row -> row.table().equals(table.name()) && Objects.equals(row.tenant(), parentTenant))
                .filter(row -> required.entrySet().stream()
                        .allMatch(entry -> entry.getValue().equals(row.get(entry.getKey()))))
                .findFirst();
        if (found.isPresent() || (owner.hasTenantRows() && required.isEmpty())) {
            return found.map(GeneratedRow::values);
        }
        return existing(table, owner, tenant, required);
    }

    private Optional<Map<String, @Nullable String>> existing(
            TypedTable table, Ownership owner, @Nullable String tenant, Map<String, String> required)
            throws SQLException {
        Map<String, String> conditions = new LinkedHashMap<>(required);
        if (owner.tenantColumn() != null && tenant != null) {
            conditions.put(owner.tenantColumn(), tenant);
        } else if (owner.kind() == TableKind.CHILD) {
            return Optional.empty(); // the row does not say whose it is
        }
        String sql = "select " + table.columnsAsText() + " from " + table.name().quoted() + where(table, conditions)
                + " limit 1";
        return Jdbc.rows(connection, sql, conditions.values().toArray()).stream()
                .findFirst()
                .map(table::byColumn);
    }

    private static String where(TypedTable table, Map<String, String> conditions) {
        String where = conditions.keySet().stream()
                .map(column -> Quoting.identifier(column) + " = "
                        + table.column(column).placeholder())
                .collect(Collectors.joining(" and "));
        return where.isEmpty() ? "" : " where " + where;
    }
}
