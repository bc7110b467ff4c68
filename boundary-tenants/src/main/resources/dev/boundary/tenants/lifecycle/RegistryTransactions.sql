-- The tenant that is bound to a transaction.

-- name: bind
select pg_catalog.set_config(i.session_variable, ?, true) from boundary.installation i

-- name: bound
select pg_catalog.current_setting(i.session_variable, true) from boundary.installation i
