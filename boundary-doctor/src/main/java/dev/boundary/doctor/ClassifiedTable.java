package dev.boundary.doctor;

import dev.boundary.doctor.catalog.Catalog.Column;
import dev.boundary.doctor.catalog.Catalog.ForeignKey;
import dev.boundary.doctor.catalog.Catalog.Relation;
import org.jspecify.annotations.Nullable;

/**
 * A table and whose rows it holds.
 *
 * @param tenant the tenant column of a TENANT or MIXED table
 * @param path the foreign key of a CHILD table to its parent; null if its policies are the only sign of it
 * @param registered whether Boundary's changes protected it
 */
record ClassifiedTable(
        Relation relation,
        Classification classification,
        @Nullable Column tenant,
        @Nullable ForeignKey path,
        boolean registered) {

    /** Rows of tenants are in it. */
    boolean ofTenants() {
        return classification != Classification.GLOBAL && classification != Classification.EXEMPT;
    }
}
