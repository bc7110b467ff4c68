-- Whether there is a registry that the connected role can read.

-- name: access
select pg_catalog.current_database()::text, current_user::text, c.oid is not null,
  coalesce(pg_catalog.has_table_privilege(c.oid, 'SELECT'), false)
from (select pg_catalog.to_regclass('boundary.tenant')::pg_catalog.oid as oid) c
