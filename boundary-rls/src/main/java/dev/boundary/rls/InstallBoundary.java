package dev.boundary.rls;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;

/**
 * Creates schema {@code boundary}: the function that tells the policies who the tenant is, what was installed and how,
 * and the memory of what was there before each change. Once for each database, before every other change.
 *
 * @param tenantKeyType the type of the tenant key
 * @param sessionVariable the custom setting that carries the tenant
 * @param missing what happens without a tenant
 * @param predicate how policies compare
 * @param leakproof whether the function is declared LEAKPROOF
 */
public record InstallBoundary(
        TenantKeyType tenantKeyType,
        SessionVariable sessionVariable,
        MissingTenant missing,
        PredicateForm predicate,
        LeakproofMode leakproof)
        implements RlsChange {

    /** The layout of schema {@code boundary}; raised when the objects in it change. */
    public static final String LAYOUT_VERSION = "2";

    /** Since version 2. */
    static final String CREATE_RETROFIT_PROGRESS = """
            create table boundary.retrofit_progress (
              schema_name text not null,
              table_name text not null,
              source text not null,
              pages_done bigint not null default 0,
              pages_total bigint not null,
              rows_filled bigint not null default 0,
              updated_at timestamptz not null default pg_catalog.now(),
              primary key (schema_name, table_name))""";

    /** What follows is parsed on the caller's search path; the catalog must come first on it, as it does by default. */
    private static final String CATALOG_FIRST = """
            do $boundary$
            begin
              if (select s from pg_catalog.unnest(pg_catalog.current_schemas(true)) s
                  where not pg_catalog.starts_with(s::pg_catalog.text, 'pg_temp') limit 1) operator(pg_catalog.<>) 'pg_catalog' then
                raise exception using errcode = '55000',
                  message = 'The search_path puts a schema before pg_catalog, where other operators may have the names of the catalog''s',
                  hint = 'Leave pg_catalog out of the search_path, so that it comes first, or name it first.';
              end if;
            end
            $boundary$""";

    @Override
    public String name() {
        return "installBoundary";
    }

    @Override
    public String object() {
        return "boundary";
    }

    @Override
    public List<String> apply() {
        return List.of(
                CATALOG_FIRST,
                PlpgsqlBlock.of(
                        "",
                        Guards.raise(
                                "pg_catalog.to_regnamespace('boundary') is not null",
                                "There is a schema boundary in this database already",
                                "Boundary is installed once for each database. If it is not Boundary's, rename it.")),
                "create schema boundary",
                "revoke all on schema boundary from public",
                """
                create table boundary.installation (
                  only_row boolean primary key default true check (only_row),
                  version text not null,
                  session_variable text not null,
                  tenant_key_type text not null,
                  missing text not null check (missing in ('error', 'empty')),
                  predicate text not null check (predicate in ('pinned', 'inline')),
                  leakproof boolean not null,
                  installed_at timestamptz not null default pg_catalog.now(),
                  installed_by text not null default current_user)""",
                """
                create table boundary.protected_table (
                  schema_name text not null,
                  table_name text not null,
                  classification text not null check (classification in ('TENANT', 'CHILD', 'MIXED')),
                  tenant_column text,
                  child_columns text[],
                  parent_schema text,
                  parent_table text,
                  parent_columns text[],
                  primary key (schema_name, table_name),
                  foreign key (parent_schema, parent_table) references boundary.protected_table,
                  check (case classification when 'CHILD' then tenant_column is null and parent_table is not null
                    and pg_catalog.cardinality(child_columns) = pg_catalog.cardinality(parent_columns)
                    else tenant_column is not null and parent_table is null end))""",
                """
                create table boundary.applied_change (
                  id bigint generated always as identity primary key,
                  change text not null,
                  object text not null,
                  version text not null,
                  applied_at timestamptz not null default pg_catalog.now(),
                  applied_by text not null default current_user)""",
                """
                create table boundary.undo_step (
                  id bigint generated always as identity primary key,
                  change_id bigint not null references boundary.applied_change on delete cascade,
                  statement text not null)""",
                CREATE_RETROFIT_PROGRESS,
                """
                create function boundary.raise_tenant_not_set() returns pg_catalog.text
                language plpgsql stable parallel safe
                as $function$
                begin
                  raise exception using errcode = '42501',
                    message = 'tenant context is not set',
                    hint = 'Run the statement in a tenant scope, or as the admin role.';
                end
                $function$""",
                currentTenantFunction(),
                "revoke all on all functions in schema boundary from public",
                leakproofBlock(),
                "insert into boundary.installation (version, session_variable, tenant_key_type, missing, predicate,"
                        + " leakproof)\nselect " + Quoting.literal(LAYOUT_VERSION) + ", "
                        + Quoting.literal(sessionVariable.name()) + ", " + Quoting.literal(tenantKeyType.sqlName())
                        + ", "
                        + Quoting.literal(missing.word()) + ", " + Quoting.literal(predicate.word())
                        + ", proleakproof from pg_catalog.pg_proc where oid operator(pg_catalog.=)"
                        + " 'boundary.current_tenant_id()'::pg_catalog.regprocedure");
    }

    /**
     * A body parsed at creation, so that no search path can put another {@code current_setting} into it; neither
     * SECURITY DEFINER nor SET, which would prevent inlining; PARALLEL SAFE, for the default forbids parallel plans.
     */
    private String currentTenantFunction() {
        String setting =
                "nullif(pg_catalog.current_setting(" + Quoting.literal(sessionVariable.name()) + ", true), '')";
        String required =
                missing == MissingTenant.ERROR ? "coalesce(" + setting + ", boundary.raise_tenant_not_set())" : setting;
        String type = switch (tenantKeyType) {
            case UUID -> "pg_catalog.uuid";
            case BIGINT -> "pg_catalog.int8";
            case INT -> "pg_catalog.int4";
            case TEXT -> "pg_catalog.text";
        };
        return """
                create function boundary.current_tenant_id() returns %1$s
                language sql stable parallel safe
                begin atomic
                  select (%2$s)::%1$s;
                end""".formatted(type, required);
    }

    private String leakproofBlock() {
        String alter = "execute 'alter function boundary.current_tenant_id() leakproof';\n";
        return switch (leakproof) {
            case OFF -> "select 'boundary.current_tenant_id() is not declared LEAKPROOF, as asked for' as notice";
            case AUTO -> PlpgsqlBlock.of("", """
                    begin
                      %sexception when insufficient_privilege then
                      raise notice 'boundary.current_tenant_id() is not declared LEAKPROOF: only a superuser may. Indexes on the tenant column work without it.';
                    end;
                    """.formatted(alter));
            case REQUIRED -> PlpgsqlBlock.of("", """
                    begin
                      %sexception when insufficient_privilege then
                      raise exception using errcode = '42501',
                        message = 'boundary.current_tenant_id() cannot be declared LEAKPROOF: only a superuser may',
                        hint = 'Run this change as a superuser, or set leakproof to auto.';
                    end;
                    """.formatted(alter));
        };
    }

    @Override
    public List<String> rollback() {
        return List.of(
                PlpgsqlBlock.of(
                        "",
                        Guards.installed()
                                + Guards.raise(
                                        "exists (select from boundary.applied_change)",
                                        "Boundary cannot be removed: changes that need it are still applied",
                                        "Roll them back first; boundary.applied_change lists them.")),
                "drop function boundary.current_tenant_id()",
                "drop function boundary.raise_tenant_not_set()",
                "drop table boundary.retrofit_progress, boundary.undo_step, boundary.applied_change, boundary.protected_table,"
                        + " boundary.installation",
                "drop schema boundary");
    }

    @Override
    public String confirmation() {
        return "Boundary is installed: tenant keys of type " + tenantKeyType.sqlName() + " in " + sessionVariable + ", "
                + missing.word() + " when missing, " + predicate.word() + " predicate";
    }
}
