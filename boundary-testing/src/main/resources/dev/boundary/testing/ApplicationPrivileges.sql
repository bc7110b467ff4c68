-- Privileges of a role.

-- name: on-table
select pg_catalog.has_table_privilege(role, relation, privilege)
from (values (?::pg_catalog.name, ?, ?)) asked (role, relation, privilege)

-- name: on-table-or-columns
select pg_catalog.has_table_privilege(role, relation, privilege)
  or pg_catalog.has_any_column_privilege(role, relation, privilege)
from (values (?::pg_catalog.name, ?, ?)) asked (role, relation, privilege)

-- name: on-column
select pg_catalog.has_column_privilege(?, ?, ?, 'UPDATE')
