-- Schema boundary_isolation: which tenant a place belongs to, and which migrations it has had.

-- name: other-owner
select pg_catalog.pg_get_userbyid(nspowner)::text from pg_catalog.pg_namespace
where nspname = 'boundary_isolation' and not pg_catalog.pg_has_role(current_user, nspowner, 'USAGE')

-- name: create-schema
create schema if not exists boundary_isolation

-- name: revoke-schema
revoke all on schema boundary_isolation from public

-- name: create-place
create table if not exists boundary_isolation.place (
  schema_name text primary key,
  tenant_key text not null,
  created_at timestamptz not null default pg_catalog.now(),
  created_by text not null default current_user)

-- name: create-migration
create table if not exists boundary_isolation.migration (
  schema_name text not null references boundary_isolation.place on delete cascade,
  name text not null,
  attempts integer not null default 1,
  started_at timestamptz not null default pg_catalog.clock_timestamp(),
  finished_at timestamptz,
  primary key (schema_name, name))

-- name: revoke-tables
revoke all on all tables in schema boundary_isolation from public, ${workers}

-- name: grant-schema
grant usage on schema boundary_isolation to ${workers}

-- name: grant-place
grant select on table boundary_isolation.place to ${workers}

-- name: exists
select pg_catalog.to_regclass('boundary_isolation.migration')::text

-- name: owner
select tenant_key from boundary_isolation.place where schema_name = ?

-- name: claim
insert into boundary_isolation.place (schema_name, tenant_key) values (?, ?)

-- name: finished
select 1 from boundary_isolation.migration where schema_name = ? and name = ? and finished_at is not null

-- name: start
insert into boundary_isolation.migration as m (schema_name, name) values (?, ?)
on conflict (schema_name, name) do update
set attempts = m.attempts + 1, started_at = pg_catalog.clock_timestamp(), finished_at = null

-- name: finish
update boundary_isolation.migration set finished_at = pg_catalog.clock_timestamp() where schema_name = ? and name = ?

-- name: interrupted
select 1 from boundary_isolation.migration where schema_name = ? and finished_at is null limit 1
