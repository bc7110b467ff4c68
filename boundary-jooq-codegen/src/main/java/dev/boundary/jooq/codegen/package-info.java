/**
 * Support for jOOQ's code generator: marks tenant tables, and reads the tables that a Liquibase change log builds.
 *
 * <p>{@link dev.boundary.jooq.codegen.TenantTableStrategy} does the one,
 * {@link dev.boundary.jooq.codegen.LiquibasePostgresDatabase} the other.
 */
@NullMarked
package dev.boundary.jooq.codegen;

import org.jspecify.annotations.NullMarked;
