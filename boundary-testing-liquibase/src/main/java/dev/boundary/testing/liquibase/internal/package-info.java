/** Runs Liquibase, for this module and for boundary-jooq-codegen. */
@NullMarked
package dev.boundary.testing.liquibase.internal;

import org.jspecify.annotations.NullMarked;
