/** Files of archives: temporary folders and hashes. */
@NullMarked
package dev.boundary.tenants.internal.files;

import org.jspecify.annotations.NullMarked;
