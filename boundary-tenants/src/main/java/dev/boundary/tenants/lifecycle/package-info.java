/** The life of a tenant from provisioning to the proof that none of its rows is left. */
@NullMarked
package dev.boundary.tenants.lifecycle;

import org.jspecify.annotations.NullMarked;
