-- What is set on a connection.

-- name: state
select pg_catalog.current_setting('role'), (
  select pg_catalog.jsonb_object_agg(s.name, s.setting)::text
  from pg_catalog.pg_settings s
  where s.source = 'session' and s.name <> 'role' and s.name !~ '^transaction_'
    and s.context in ('user', 'superuser'))

-- name: set-all
-- Units: pg_settings has numbers without them, as set_config reads them.
select pg_catalog.set_config(s.key, s.value, false) from pg_catalog.jsonb_each_text(?::pg_catalog.jsonb) s

-- name: set-role
select pg_catalog.set_config('role', ?, false)
