package dev.boundary.core;

import org.jspecify.annotations.Nullable;

/**
 * A statement would have written a row of another tenant, or moved a row to one. Nothing was sent to the database.
 *
 * @since 0.1
 */
public final class CrossTenantException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    /** The table that would have been written. */
    private final String table;

    private final transient TenantKey expected;

    /** What the statement gave the tenant column, as text. */
    private final String actual;

    /**
     * Refuses a write to a table.
     *
     * @param table the table's name
     * @param expected the tenant whose scope is open
     * @param actual what the statement gives the tenant column, or null for SQL's NULL
     * @param remedy what to do next, as a sentence
     */
    public CrossTenantException(String table, TenantKey expected, @Nullable Object actual, String remedy) {
        super(
                "The statement gives the tenant column of table " + table + " the value " + actual
                        + ", and the open scope is tenant " + expected + ". " + remedy,
                null);
        this.table = table;
        this.expected = expected;
        this.actual = String.valueOf(actual);
    }

    /**
     * The table that would have been written.
     *
     * @return its name
     */
    public String table() {
        return table;
    }

    /**
     * The tenant whose scope was open.
     *
     * @return its key
     */
    public TenantKey expectedTenant() {
        return expected;
    }

    /**
     * What the statement gave the tenant column.
     *
     * @return the value as text, {@code "null"} for SQL's NULL
     */
    public String actualTenant() {
        return actual;
    }
}
