-- What exists on a server and in a database.

-- name: lock
select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('boundary place', 0))

-- name: schema
select 1 from pg_catalog.pg_namespace where nspname = ?

-- name: database
select 1 from pg_catalog.pg_database where datname = ?

-- name: role
select 1 from pg_catalog.pg_roles where rolname = ?

-- name: some-relation
-- By its oid: what initdb and CREATE DATABASE bring is below 16384.
select c.oid::pg_catalog.regclass::text from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.oid >= 16384 and n.nspname !~ '^(pg_toast|pg_temp|boundary_isolation)' limit 1
