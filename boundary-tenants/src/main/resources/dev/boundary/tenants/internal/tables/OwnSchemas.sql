-- The schemas that tenants have for themselves.

-- name: exists
select pg_catalog.to_regclass('boundary_isolation.place') operator(pg_catalog.<>) 0

-- name: of-others
select schema_name from boundary_isolation.place where tenant_key operator(pg_catalog.<>) ?
