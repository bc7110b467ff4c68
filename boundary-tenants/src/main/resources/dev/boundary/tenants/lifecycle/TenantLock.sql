-- The advisory lock of a tenant, by the tenant key as text.

-- name: acquire
select pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended('boundary.tenant ' || ?, 0))

-- name: release
select pg_catalog.pg_advisory_unlock(pg_catalog.hashtextextended('boundary.tenant ' || ?, 0))
