-- Where a connection leads, and whose place that is.

-- name: has-owners
select pg_catalog.to_regclass('boundary_isolation.place')::text

-- name: owner
select tenant_key from boundary_isolation.place where schema_name = ?

-- name: database
select pg_catalog.current_database()::text

-- name: search-path
select pg_catalog.current_setting('search_path')

-- name: schema-of-table
select n.nspname::text from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.oid = pg_catalog.to_regclass(pg_catalog.quote_ident(?))

-- name: schema-of-function
select n.nspname::text from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where p.proname = ? and pg_catalog.pg_function_is_visible(p.oid) limit 1

-- name: schemas
-- Those that exist, in their order, without the session's temporary one, which comes last.
select coalesce((
  select pg_catalog.string_agg(pg_catalog.quote_ident(s.name), ', ' order by s.position)
  from pg_catalog.unnest(pg_catalog.current_schemas(false)) with ordinality s (name, position)
  where s.name !~ '^pg_temp_') || ', ', '') || 'pg_temp'
