/** Verifies bearer tokens, whose claims may name the tenant. Needs Nimbus JOSE + JWT. */
@NullMarked
package dev.boundary.web.jwt;

import org.jspecify.annotations.NullMarked;
