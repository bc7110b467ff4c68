/**
 * A tenant's rows as a folder of files: {@link dev.boundary.tenants.archive.TenantExport} writes it, {@link
 * dev.boundary.tenants.archive.TenantImport} reads it back, {@link dev.boundary.tenants.archive.TenantClone} does both.
 */
@NullMarked
package dev.boundary.tenants.archive;

import org.jspecify.annotations.NullMarked;
