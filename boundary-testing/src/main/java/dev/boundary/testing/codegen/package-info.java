/**
 * jOOQ classes from the schema that a Liquibase change log builds on a real PostgreSQL.
 *
 * <p>The central type is {@link dev.boundary.testing.codegen.LiquibasePostgresDatabase}. Needs
 * {@code org.jooq:jooq-meta} and {@code org.liquibase:liquibase-core} beside boundary-testing.
 */
@NullMarked
package dev.boundary.testing.codegen;

import org.jspecify.annotations.NullMarked;
