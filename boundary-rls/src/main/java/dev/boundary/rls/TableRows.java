package dev.boundary.rls;

import dev.boundary.core.TableKind;
import dev.boundary.rls.internal.policy.PolicyName;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;
import java.util.Locale;

/**
 * How the rows of a table belong to tenants, and whether they are in partitions.
 *
 * @param kind {@link TableKind#TENANT}, {@link TableKind#MIXED} or {@link TableKind#CHILD}
 * @param columns the tenant column, or for a child the columns of its foreign key; unmodifiable
 * @param partitioned whether the table is a partitioned one, the topmost
 * @since 0.1
 */
public record TableRows(TableKind kind, List<String> columns, boolean partitioned) {

    /**
     * Checks that the columns fit the kind.
     *
     * @throws IllegalArgumentException if a table of that kind is not protected, a name cannot be one, there is no
     *     column, or there are several with the tenant key
     */
    public TableRows {
        columns = List.copyOf(columns);
        columns.forEach(column -> Quoting.checkIdentifier("column", column));
        switch (kind) {
            case TENANT, MIXED -> {
                if (columns.size() != 1) {
                    throw new IllegalArgumentException("Name one tenant column, not " + columns + ".");
                }
            }
            case CHILD -> {
                if (columns.isEmpty()) {
                    throw new IllegalArgumentException(
                            "A child table needs the columns of the foreign key to its parent:"
                                    + " foreignKeyColumns.");
                }
            }
            case GLOBAL, EXEMPT ->
                throw new IllegalArgumentException("The rows of a table of kind " + kind
                        + " belong to no tenant. Use grantGlobalTable, or leave the table alone.");
        }
    }

    /**
     * Each row has its tenant in a column, which is required.
     *
     * @param tenantColumn the column with the tenant key
     * @return the rows of an ordinary table
     * @throws IllegalArgumentException if the column's name cannot be one
     */
    public static TableRows byTenantColumn(String tenantColumn) {
        return new TableRows(TableKind.TENANT, List.of(tenantColumn), false);
    }

    /**
     * A row has its tenant in a column, or null there if it is shared: every tenant reads it, only the admin role
     * writes it.
     *
     * @param tenantColumn the column with the tenant key, null in shared rows
     * @return the rows of an ordinary table
     * @throws IllegalArgumentException if the column's name cannot be one
     */
    public static TableRows mixed(String tenantColumn) {
        return new TableRows(TableKind.MIXED, List.of(tenantColumn), false);
    }

    /**
     * A row belongs to the tenant of the row that its foreign key refers to. The parent must be protected; it may be a
     * child itself.
     *
     * @param columns the columns of the foreign key to the parent, in any order
     * @return the rows of an ordinary table
     * @throws IllegalArgumentException if there is no column, or a name cannot be one
     */
    public static TableRows byForeignKey(List<String> columns) {
        return new TableRows(TableKind.CHILD, columns, false);
    }

    /**
     * As {@link #byForeignKey(List)}.
     *
     * @param columns the columns of the foreign key to the parent, in any order
     * @return the rows of an ordinary table
     * @throws IllegalArgumentException if there is no column, or a name cannot be one
     */
    public static TableRows byForeignKey(String... columns) {
        return byForeignKey(List.of(columns));
    }

    /**
     * The same rows in partitions.
     *
     * @return the rows of a partitioned table
     */
    public TableRows inPartitions() {
        return new TableRows(kind, columns, true);
    }

    /** A child's policies call its parents by an alias, which the child's own name must not be. */
    void checkAlias(TableName table) {
        if (kind == TableKind.CHILD && table.table().startsWith(PolicyName.PARENT_ALIAS)) {
            throw new IllegalArgumentException("The child table " + table + " has a name that begins with "
                    + PolicyName.PARENT_ALIAS + ", by which its policies would call its parents. Rename it.");
        }
    }

    /** The kind as it is written in the names of changes. */
    String kindName() {
        return kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** PL/pgSQL that stops a change of a table whose rows cannot belong to tenants this way; needs {@code rel}. */
    String guards(TableName table) {
        TableGuards guards = new TableGuards(table);
        return kind == TableKind.CHILD ? guards.foreignKeyColumns(columns) : guards.tenantColumn(columns.getFirst());
    }
}
