package dev.boundary.doctor;

import dev.boundary.core.TableKind;
import dev.boundary.rls.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which tables belong to whom, as far as the caller knows. For tables that are not named here the doctor goes, in this
 * order, by what Boundary's changes have registered in {@code boundary.protected_table}, by the tenant column (TENANT),
 * by row-level security that is on or policies that are there (CHILD), by a foreign key to a table that belongs to
 * tenants (reported as undecided); what is left is GLOBAL.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Expectations {

    /**
     * What is expected of one table.
     *
     * @param classification whose rows it holds
     * @param columns the tenant column (TENANT, MIXED), or the columns of the foreign key to the parent (CHILD)
     * @param reason why it is EXEMPT, or null
     */
    public record Expected(
            TableKind classification,
            List<String> columns,
            @Nullable String reason) {

        /** Copies the list. */
        public Expected {
            columns = List.copyOf(columns);
        }
    }

    private final String tenantColumn;
    private final Map<TableName, Expected> tables;

    private Expectations(String tenantColumn, Map<TableName, Expected> tables) {
        this.tenantColumn = tenantColumn;
        this.tables = Map.copyOf(tables);
    }

    /**
     * Everything derived, with the tenant column {@code tenant_id}.
     *
     * @return the expectations
     */
    public static Expectations derived() {
        return builder().build();
    }

    /**
     * Starts with nothing named.
     *
     * @return a builder, for one thread
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The column that makes a table that is not named a TENANT table.
     *
     * @return its name, unquoted
     */
    public String tenantColumn() {
        return tenantColumn;
    }

    /**
     * What is expected of a table.
     *
     * @param table the table
     * @return what is expected; empty if the table is not named
     */
    public Optional<Expected> of(TableName table) {
        return Optional.ofNullable(tables.get(table));
    }

    /** For names as the catalog has them, which may be such as {@link TableName} would refuse. */
    Optional<Expected> of(String schema, String table) {
        return tables.entrySet().stream()
                .filter(entry -> entry.getKey().schema().equals(schema)
                        && entry.getKey().table().equals(table))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * The tables that are named.
     *
     * @return the expectations by table, unmodifiable
     */
    public Map<TableName, Expected> tables() {
        return tables;
    }

    /** Names tables. A table named twice is an error. */
    public static final class Builder {

        private String tenantColumn = "tenant_id";
        private final Map<TableName, Expected> tables = new LinkedHashMap<>();

        private Builder() {}

        /**
         * The column that makes a table that is not named a TENANT table; {@code tenant_id} by default.
         *
         * @param name the name, unquoted
         * @return this
         */
        public Builder tenantColumn(String name) {
            tenantColumn = name;
            return this;
        }

        /**
         * A table whose rows belong to the tenant in a column.
         *
         * @param table the table
         * @param column its tenant column
         * @return this
         * @throws IllegalArgumentException if the table is named already
         */
        public Builder tenant(TableName table, String column) {
            return put(table, new Expected(TableKind.TENANT, List.of(column), null));
        }

        /**
         * A table whose rows belong to the tenant of their parent.
         *
         * @param table the table
         * @param foreignKeyColumns the columns of the foreign key to the parent
         * @return this
         * @throws IllegalArgumentException if the table is named already
         */
        public Builder child(TableName table, List<String> foreignKeyColumns) {
            return put(table, new Expected(TableKind.CHILD, foreignKeyColumns, null));
        }

        /**
         * A table with shared rows, whose tenant column is null.
         *
         * @param table the table
         * @param column its tenant column
         * @return this
         * @throws IllegalArgumentException if the table is named already
         */
        public Builder mixed(TableName table, String column) {
            return put(table, new Expected(TableKind.MIXED, List.of(column), null));
        }

        /**
         * A table that belongs to no tenant and is read-only for the application.
         *
         * @param table the table
         * @return this
         * @throws IllegalArgumentException if the table is named already
         */
        public Builder global(TableName table) {
            return put(table, new Expected(TableKind.GLOBAL, List.of(), null));
        }

        /**
         * A table to leave alone.
         *
         * @param table the table
         * @param reason why, for example {@code "job queue, holds no tenant's data"}
         * @return this
         * @throws IllegalArgumentException if the reason is blank or the table is named already
         */
        public Builder exempt(TableName table, String reason) {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("Say why table " + table + " is exempt.");
            }
            return put(table, new Expected(TableKind.EXEMPT, List.of(), reason));
        }

        private Builder put(TableName table, Expected expected) {
            Expected before = tables.putIfAbsent(table, expected);
            if (before != null) {
                throw new IllegalArgumentException("Table " + table + " is named twice: " + before.classification()
                        + " and " + expected.classification() + ".");
            }
            return this;
        }

        /**
         * Builds them.
         *
         * @return the expectations
         */
        public Expectations build() {
            return new Expectations(tenantColumn, tables);
        }
    }
}
