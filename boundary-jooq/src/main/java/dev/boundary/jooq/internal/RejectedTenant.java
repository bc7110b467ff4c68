package dev.boundary.jooq.internal;

/**
 * The error of a statement that computes a tenant other than that of the scope for a column that accepts NULL: the
 * query layer makes PostgreSQL convert this text, which it cannot.
 */
public final class RejectedTenant {

    /** Followed by the value. */
    public static final String TEXT = "boundary: not the tenant of the scope: ";

    /** How PostgreSQL says that it cannot convert a text (manual, appendix A). */
    public static final String SQLSTATE = "22P02";

    private RejectedTenant() {}
}
