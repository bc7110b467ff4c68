-- What a run can cover.

-- name: policies
-- For the application role.
select schemaname, tablename, policyname, cmd
from pg_catalog.pg_policies
where roles && array[?::pg_catalog.name, 'public']
order by 1, 2, 3
