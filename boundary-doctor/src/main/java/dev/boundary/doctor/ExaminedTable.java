package dev.boundary.doctor;

import dev.boundary.core.TableKind;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.ForeignKey;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import org.jspecify.annotations.Nullable;

/**
 * A table and whose rows it holds.
 *
 * @param tenant the tenant column of a TENANT or MIXED table
 * @param path the foreign key of a CHILD table to its parent; null if its policies are the only sign of it
 * @param protectedByChange whether one of Boundary's changes protected it
 */
record ExaminedTable(
        Relation relation,
        TableKind classification,
        @Nullable Column tenant,
        @Nullable ForeignKey path,
        boolean protectedByChange) {

    /** Rows of tenants are in it. */
    boolean ofTenants() {
        return classification != TableKind.GLOBAL && classification != TableKind.EXEMPT;
    }
}
