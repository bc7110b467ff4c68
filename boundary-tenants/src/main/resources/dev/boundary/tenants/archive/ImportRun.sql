-- Keeps imports into one tenant apart until the end of the transaction.

-- name: lock
select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(?, 0))
