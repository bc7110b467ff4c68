package dev.boundary.doctor;

import dev.boundary.core.TableKind;
import dev.boundary.rls.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which tables belong to tenants, as far as the caller knows. For a table that is not named here, the first of these
 * that applies decides: what Boundary's changes wrote to {@code boundary.protected_table}; the tenant column (TENANT);
 * row-level security or policies (CHILD); a foreign key to a table of tenants (reported as undecided). Every other
 * table is GLOBAL.
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
     * Names no table: everything is derived, with the tenant column {@code tenant_id}.
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
     * The column that makes an unnamed table a TENANT table.
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

    /** For names as the catalog has them, some of which {@link TableName} would refuse. */
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
         * Sets the column that makes an unnamed table a TENANT table; {@code tenant_id} by default.
         *
         * @param name the name, unquoted
         * @return this
         */
        public Builder tenantColumn(String name) {
            tenantColumn = name;
            return this;
        }

        /**
         * Names a table whose rows belong to the tenant in a column.
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
         * Names a table whose rows belong to the tenant of their parent.
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
         * Names a table that also has shared rows, whose tenant column is null.
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
         * Names a table that belongs to no tenant and is read-only for the application.
         *
         * @param table the table
         * @return this
         * @throws IllegalArgumentException if the table is named already
         */
        public Builder global(TableName table) {
            return put(table, new Expected(TableKind.GLOBAL, List.of(), null));
        }

        /**
         * Names a table that the doctor leaves alone.
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
         * Builds the expectations, which keep no reference to the builder.
         *
         * @return the expectations
         */
        public Expectations build() {
            return new Expectations(tenantColumn, tables);
        }
    }
}
