-- Rows of one tenant. The last parameter is the tenant key as text.

-- name: locations
select boundary_t.tableoid::pg_catalog.int8, boundary_t.ctid::pg_catalog.text
from ${table} as boundary_t where ${owned} limit ${max}

-- name: delete-located
delete from ${table} as boundary_t
where boundary_t.ctid = any (?::pg_catalog.tid[]) and boundary_t.tableoid operator(pg_catalog.=) ?::pg_catalog.oid
  and ${owned}

-- name: delete-all
delete from ${table} as boundary_t where ${owned} returning 1
