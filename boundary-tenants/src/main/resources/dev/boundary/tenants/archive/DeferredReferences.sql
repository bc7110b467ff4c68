-- Whether the role can set columns after their rows were inserted.

-- name: can-update
select pg_catalog.has_column_privilege(?, ?, 'UPDATE')
