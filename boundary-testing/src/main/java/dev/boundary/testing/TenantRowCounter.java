package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.jooq.schema.TableClassification;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Field;

/** Counts the rows of a tenant by the declaration alone, through neither layer. Immutable. */
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
     * Whether rows can be shared: the tenant column, its own or that of the table it leads to, may be null.
     */
    boolean hasShared(ClassifiedTable table) {
        return switch (table.classification()) {
            case TableClassification.Mixed _ -> true;
            case TableClassification.Child child -> hasShared(parent(child));
            default -> false;
        };
    }

    private int count(Connection superuser, ClassifiedTable table, TenantKey tenant, boolean shared)
            throws SQLException {
        String sql = "select count(*) from " + TenantTables.name(table.table()).quoted() + " t0 where "
                + condition(table, 0, shared);
        return Integer.parseInt(Objects.requireNonNull(Jdbc.value(superuser, sql, tenant.asText())));
    }

    /** Has one placeholder, for the tenant's key as text. */
    private String condition(ClassifiedTable table, int depth, boolean shared) {
        return switch (table.classification()) {
            case TableClassification.Tenant tenant -> equalsTenant(tenant.column(), depth);
            case TableClassification.Mixed mixed ->
                shared
                        ? "(" + equalsTenant(mixed.column(), depth) + " or " + column(mixed.column(), depth)
                                + " is null)"
                        : equalsTenant(mixed.column(), depth);
            case TableClassification.Child child -> parentCondition(child, depth, shared);
            case TableClassification.Global _, TableClassification.Exempt _ ->
                throw new IllegalArgumentException(
                        "Table " + TenantTables.name(table.table()) + " has no tenants' rows");
        };
    }

    private String parentCondition(TableClassification.Child child, int depth, boolean shared) {
        String join = IntStream.range(0, child.columns().size())
                .mapToObj(i -> column(child.parentColumns().get(i), depth + 1) + " = "
                        + column(child.columns().get(i), depth))
                .collect(Collectors.joining(" and "));
        return "exists (select from " + TenantTables.name(child.parent()).quoted() + " t" + (depth + 1) + " where "
                + join + " and " + condition(parent(child), depth + 1, shared) + ")";
    }

    private static String equalsTenant(Field<?> column, int depth) {
        return "cast(" + column(column, depth) + " as text) = ?";
    }

    private static String column(Field<?> column, int depth) {
        return "t" + depth + "." + Quoting.identifier(column.getName());
    }

    private ClassifiedTable parent(TableClassification.Child child) {
        return schema.tables().stream()
                .filter(table -> table.isTable(child.parent()))
                .findFirst()
                .orElseThrow(); // without a parent the declaration would have been refused
    }
}
