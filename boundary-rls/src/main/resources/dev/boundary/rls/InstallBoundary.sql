-- Schema boundary, in the layout of version 2.

-- name: catalog-comes-first
do $boundary$
begin
  if (select s from pg_catalog.unnest(pg_catalog.current_schemas(true)) s
      where not pg_catalog.starts_with(s::pg_catalog.text, 'pg_temp') limit 1) operator(pg_catalog.<>) 'pg_catalog' then
    raise exception using errcode = '55000',
      message = 'The search_path puts a schema before pg_catalog, where other operators may have the names of the catalog''s',
      hint = 'Leave pg_catalog out of the search_path, so that it comes first, or name it first.';
  end if;
end
$boundary$

-- name: schema-is-free
if pg_catalog.to_regnamespace('boundary') is not null then
  raise exception using errcode = '55000',
    message = 'There is a schema boundary in this database already',
    hint = 'Boundary is installed once for each database. If it is not Boundary''s, rename it.';
end if;

-- name: create-schema
create schema boundary

-- name: revoke-schema
revoke all on schema boundary from public

-- name: create-installation
create table boundary.installation (
  only_row boolean primary key default true check (only_row),
  version text not null,
  session_variable text not null,
  tenant_key_type text not null,
  missing text not null check (missing in ('error', 'empty')),
  predicate text not null check (predicate in ('pinned', 'inline')),
  leakproof boolean not null,
  installed_at timestamptz not null default pg_catalog.now(),
  installed_by text not null default current_user)

-- name: create-protected-table
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
    else tenant_column is not null and parent_table is null end))

-- name: create-applied-change
create table boundary.applied_change (
  id bigint generated always as identity primary key,
  change text not null,
  object text not null,
  version text not null,
  applied_at timestamptz not null default pg_catalog.now(),
  applied_by text not null default current_user)

-- name: create-undo-step
create table boundary.undo_step (
  id bigint generated always as identity primary key,
  change_id bigint not null references boundary.applied_change on delete cascade,
  statement text not null)

-- name: create-raise-tenant-not-set
create function boundary.raise_tenant_not_set() returns pg_catalog.text
language plpgsql stable parallel safe
as $function$
begin
  raise exception using errcode = '42501',
    message = 'tenant context is not set',
    hint = 'Run the statement in a tenant scope, or as the admin role.';
end
$function$

-- name: setting
nullif(pg_catalog.current_setting(${sessionVariable}, true), '')

-- name: required-setting
coalesce(${setting}, boundary.raise_tenant_not_set())

-- name: create-current-tenant-id
create function boundary.current_tenant_id() returns ${type}
language sql stable parallel safe
begin atomic
  select (${tenant})::${type};
end

-- name: revoke-functions
revoke all on all functions in schema boundary from public

-- name: not-leakproof
select 'boundary.current_tenant_id() is not declared LEAKPROOF, as asked for' as notice

-- name: leakproof-if-allowed
begin
  execute 'alter function boundary.current_tenant_id() leakproof';
exception when insufficient_privilege then
  raise notice 'boundary.current_tenant_id() is not declared LEAKPROOF: only a superuser may. Indexes on the tenant column work without it.';
end;

-- name: leakproof-or-fail
begin
  execute 'alter function boundary.current_tenant_id() leakproof';
exception when insufficient_privilege then
  raise exception using errcode = '42501',
    message = 'boundary.current_tenant_id() cannot be declared LEAKPROOF: only a superuser may',
    hint = 'Run this change as a superuser, or set leakproof to auto.';
end;

-- name: insert-installation
insert into boundary.installation (version, session_variable, tenant_key_type, missing, predicate, leakproof)
select ${version}, ${sessionVariable}, ${tenantKeyType}, ${missing}, ${predicate}, proleakproof
from pg_catalog.pg_proc where oid operator(pg_catalog.=) 'boundary.current_tenant_id()'::pg_catalog.regprocedure

-- name: nothing-is-applied
if exists (select from boundary.applied_change) then
  raise exception using errcode = '55000',
    message = 'Boundary cannot be removed: changes that need it are still applied',
    hint = 'Roll them back first; boundary.applied_change lists them.';
end if;

-- name: drop-current-tenant-id
drop function boundary.current_tenant_id()

-- name: drop-raise-tenant-not-set
drop function boundary.raise_tenant_not_set()

-- name: drop-tables
drop table boundary.retrofit_progress, boundary.undo_step, boundary.applied_change, boundary.protected_table, boundary.installation

-- name: drop-schema
drop schema boundary
