package dev.boundary.doctor;

/** Whose rows a table holds. */
public enum Classification {
    /** Each row belongs to the tenant in its tenant column. */
    TENANT,
    /** Each row belongs to the tenant of the row that its foreign key points at. */
    CHILD,
    /** A row whose tenant column is null is shared by all tenants. */
    MIXED,
    /** No tenant: the same for all. */
    GLOBAL,
    /** Left alone, with a reason. */
    EXEMPT
}
