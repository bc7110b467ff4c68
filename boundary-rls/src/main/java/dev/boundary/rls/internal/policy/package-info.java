/** The names of Boundary's policies. */
@NullMarked
package dev.boundary.rls.internal.policy;

import org.jspecify.annotations.NullMarked;
