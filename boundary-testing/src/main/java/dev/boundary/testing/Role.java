package dev.boundary.testing;

/** The database roles that a test can connect as. */
public enum Role {
    /** What the service under test connects as. It cannot bypass row-level security. Its statements are recorded. */
    APPLICATION,
    /** What owns the tables and runs the migrations. */
    OWNER,
    /** What unscoped work connects as. It may see all tenants' rows, by policies of its own. */
    ADMIN
}
