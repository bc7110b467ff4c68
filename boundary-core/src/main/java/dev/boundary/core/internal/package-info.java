/** What Boundary's own modules share and services do not use. */
@NullMarked
package dev.boundary.core.internal;

import org.jspecify.annotations.NullMarked;
