-- The lock of a place, and its search path. The parameter of the locks is the place's name in boundary_isolation.

-- name: lock-timeout
select pg_catalog.set_config('lock_timeout', ?, true)

-- name: lock
select pg_catalog.pg_advisory_lock(pg_catalog.hashtextextended('boundary migration of ' || ?, 0))

-- name: unlock
select pg_catalog.pg_advisory_unlock(pg_catalog.hashtextextended('boundary migration of ' || ?, 0))

-- name: search-path
select pg_catalog.set_config('search_path', ?, false)

-- name: release-liquibase
update ${schema}.databasechangeloglock set locked = false, lockgranted = null, lockedby = null where locked
