/** Runs Liquibase change logs. */
@NullMarked
package dev.boundary.testing.liquibase;

import org.jspecify.annotations.NullMarked;
