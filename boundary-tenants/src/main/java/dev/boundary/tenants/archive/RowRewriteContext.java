package dev.boundary.tenants.archive;

import dev.boundary.core.TenantKey;
import dev.boundary.tenants.internal.tables.TenantKeyColumns;
import java.util.Optional;

/**
 * What decides how values are rewritten.
 *
 * @param source the tenant of the archive
 * @param tenant the tenant that gets the rows
 * @param keyColumns the columns that hold a tenant key
 * @param renewal the new keys; empty if keys are kept
 * @param sequences where new numbers come from
 */
record RowRewriteContext(
        TenantKey source,
        TenantKey tenant,
        TenantKeyColumns keyColumns,
        Optional<KeyRenewal> renewal,
        Sequences sequences) {}
