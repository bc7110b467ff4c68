/** A tenant's rows as a folder of files: {@link dev.boundary.tenants.archive.TenantExport} writes it. */
@NullMarked
package dev.boundary.tenants.archive;

import org.jspecify.annotations.NullMarked;
