/**
 * Support for jOOQ's code generator: marks tenant tables, and reads the tables that a Liquibase change log builds.
 *
 * <p>Configure {@link dev.boundary.jooq.codegen.TenantTableStrategy} as the generator's strategy, and
 * {@link dev.boundary.jooq.codegen.LiquibasePostgresDatabase} as its database.
 */
@NullMarked
package dev.boundary.jooq.codegen;

import org.jspecify.annotations.NullMarked;
