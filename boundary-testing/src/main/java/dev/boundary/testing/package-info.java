/** Test support for services that embed Boundary. */
@NullMarked
package dev.boundary.testing;

import org.jspecify.annotations.NullMarked;
