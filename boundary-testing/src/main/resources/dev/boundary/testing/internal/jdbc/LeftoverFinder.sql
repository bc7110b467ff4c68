-- What a session keeps beyond its transactions. Null where nothing is left.

-- name: leftovers
select nullif(pg_catalog.current_setting(?, true), ''),
  (select pg_catalog.string_agg(relname, ', ') from pg_catalog.pg_class
   where relnamespace = pg_catalog.pg_my_temp_schema() and relkind in ('r', 'p', 'v', 'S')),
  (select pg_catalog.string_agg(name, ', ') from pg_catalog.pg_cursors where is_holdable),
  (select pg_catalog.string_agg(channel, ', ') from pg_catalog.pg_listening_channels() channel),
  (select nullif(pg_catalog.count(*), 0) from pg_catalog.pg_locks
   where locktype = 'advisory' and pid = pg_catalog.pg_backend_pid()),
  (select pg_catalog.string_agg(name, ', ') from pg_catalog.pg_prepared_statements where from_sql)
