-- What a self-test can remove.

-- name: policies
-- Of a table, for the application role.
select policyname, cmd, permissive
from pg_catalog.pg_policies
where schemaname = ? and tablename = ? and roles && array[?::pg_catalog.name, 'public']
order by 1
