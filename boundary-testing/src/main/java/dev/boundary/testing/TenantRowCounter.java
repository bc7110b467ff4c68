package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.jooq.schema.TableClassification;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.Table;

/** Counts whose rows there are, by the declaration alone: neither layer is asked. Immutable. */
final class TenantRowCounter {

    private final TenantSchema schema;

    TenantRowCounter(TenantSchema schema) {
        this.schema = schema;
    }

    /** How many rows are the tenant's own. */
    int owned(Connection superuser, ClassifiedTable table, TenantKey tenant) throws SQLException {
        return count(superuser, table, tenant, false);
    }

    /** How many rows the tenant may see: its own and, where a null tenant means shared, the shared ones. */
    int visible(Connection superuser, ClassifiedTable table, TenantKey tenant) throws SQLException {
        return count(superuser, table, tenant, true);
    }

    /**
     * Whether rows can belong to everybody: the tenant column, its own or that of the table it leads to, may be null.
     */
    boolean hasShared(ClassifiedTable table) {
        return switch (table.classification()) {
            case TableClassification.Mixed mixed -> true;
            case TableClassification.Child child -> hasShared(parent(child));
            default -> false;
        };
    }

    private int count(Connection superuser, ClassifiedTable table, TenantKey tenant, boolean shared)
            throws SQLException {
        String sql = "select count(*) from " + TenantTables.name(table.table()).sql() + " t0 where "
                + condition(table, 0, shared);
        return Integer.parseInt(Objects.requireNonNull(Jdbc.value(superuser, sql, tenant.asText())));
    }

    /** Has one placeholder, for the tenant's key as text. */
    private String condition(ClassifiedTable table, int depth, boolean shared) {
        return switch (table.classification()) {
            case TableClassification.Tenant tenant -> isTenants(tenant.column(), depth);
            case TableClassification.Mixed mixed ->
                shared
                        ? "(" + isTenants(mixed.column(), depth) + " or " + column(mixed.column(), depth) + " is null)"
                        : isTenants(mixed.column(), depth);
            case TableClassification.Child child -> {
                String join = IntStream.range(0, child.columns().size())
                        .mapToObj(i -> column(child.parentColumns().get(i), depth + 1) + " = "
                                + column(child.columns().get(i), depth))
                        .collect(Collectors.joining(" and "));
                yield "exists (select from "
                        + TenantTables.name(child.parent()).sql() + " t" + (depth + 1) + " where " + join + " and "
                        + condition(parent(child), depth + 1, shared) + ")";
            }
            case TableClassification.Global global -> throw hasNone(table.table());
            case TableClassification.Exempt exempt -> throw hasNone(table.table());
        };
    }

    private static IllegalArgumentException hasNone(Table<?> table) {
        return new IllegalArgumentException("Table " + TenantTables.name(table) + " has no tenants' rows");
    }

    private static String isTenants(Field<?> column, int depth) {
        return "cast(" + column(column, depth) + " as text) = ?";
    }

    private static String column(Field<?> column, int depth) {
        return "t" + depth + "." + Quoting.identifier(column.getName());
    }

    private ClassifiedTable parent(TableClassification.Child child) {
        List<ClassifiedTable> parents = schema.tables().stream()
                .filter(table -> table.isTable(child.parent()))
                .toList();
        return parents.getFirst(); // the declaration was refused if there were none
    }
}
