do $boundary$
begin
  if (pg_catalog.to_regnamespace('boundary') is not null) then
    raise exception using errcode = '55000',
      message = 'There is a schema boundary in this database already',
      hint = 'Boundary is installed once for each database. If it is not Boundary''s, rename it.';
  end if;
end
$boundary$;
create schema boundary;
revoke all on schema boundary from public;
create table boundary.installation (
  only_row boolean primary key default true check (only_row),
  version text not null,
  session_variable text not null,
  tenant_key_type text not null,
  missing text not null check (missing in ('error', 'empty')),
  predicate text not null check (predicate in ('pinned', 'inline')),
  leakproof boolean not null,
  installed_at timestamptz not null default pg_catalog.now(),
  installed_by text not null default current_user);
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
    else tenant_column is not null and parent_table is null end));
create table boundary.applied_change (
  id bigint generated always as identity primary key,
  change text not null,
  object text not null,
  version text not null,
  applied_at timestamptz not null default pg_catalog.now(),
  applied_by text not null default current_user);
create table boundary.undo_step (
  id bigint generated always as identity primary key,
  change_id bigint not null references boundary.applied_change on delete cascade,
  statement text not null);
create function boundary.raise_tenant_not_set() returns pg_catalog.text
language plpgsql stable parallel safe
as $function$
begin
  raise exception using errcode = '42501',
    message = 'tenant context is not set',
    hint = 'Run the statement in a tenant scope, or as the admin role.';
end
$function$;
create function boundary.current_tenant_id() returns pg_catalog.int8
language sql stable parallel safe
begin atomic
  select (coalesce(nullif(pg_catalog.current_setting('app.current_tenant_id', true), ''), boundary.raise_tenant_not_set()))::pg_catalog.int8;
end;
revoke all on all functions in schema boundary from public;
select 'boundary.current_tenant_id() is not declared LEAKPROOF, as asked for' as notice;
insert into boundary.installation (version, session_variable, tenant_key_type, missing, predicate, leakproof)
select '1', 'app.current_tenant_id', 'bigint', 'error', 'pinned', proleakproof from pg_catalog.pg_proc where oid = 'boundary.current_tenant_id()'::pg_catalog.regprocedure;
