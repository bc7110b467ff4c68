package dev.boundary.tenants.internal.tables;

/** How a table's rows find their tenant, as {@code boundary.protected_table} has it. */
public enum Classification {
    /** By the tenant column. */
    TENANT,
    /** By the tenant column; null in rows that all tenants share. */
    MIXED,
    /** By the row that a foreign key points at. */
    CHILD
}
