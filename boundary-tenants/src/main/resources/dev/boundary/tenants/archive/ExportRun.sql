-- What the manifest says about where the rows come from.

-- name: server
select pg_catalog.current_setting('server_version'), extract(epoch from pg_catalog.now())::pg_catalog.int8
