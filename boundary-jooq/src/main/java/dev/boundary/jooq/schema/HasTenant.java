package dev.boundary.jooq.schema;

/**
 * Marks generated tables (and records, if asked for) that have the tenant column, so that code can be written against
 * them: {@code <T extends Table<?> & HasTenant>}. The classes get it from
 * {@code dev.boundary.jooq.codegen.TenantTableStrategy}. It serves the compiler only. How a table relates to tenants is
 * declared in {@link TenantSchema}.
 *
 * @since 0.1
 */
public interface HasTenant {}
