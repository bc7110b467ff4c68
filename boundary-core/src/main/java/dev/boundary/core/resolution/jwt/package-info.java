/** Verifies bearer tokens, whose claims may name the tenant. Needs Nimbus JOSE + JWT. */
@NullMarked
package dev.boundary.core.resolution.jwt;

import org.jspecify.annotations.NullMarked;
