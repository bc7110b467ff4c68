/** Runs Liquibase. For Boundary's own modules. */
@NullMarked
package dev.boundary.testing.liquibase.internal;

import org.jspecify.annotations.NullMarked;
