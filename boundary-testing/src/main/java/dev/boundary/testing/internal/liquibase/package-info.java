/** Runs Liquibase change logs. Needs Liquibase on the class path. */
@NullMarked
package dev.boundary.testing.internal.liquibase;

import org.jspecify.annotations.NullMarked;
