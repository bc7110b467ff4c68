-- The tables that Boundary's changes have protected.

-- name: protected-tables
select schema_name, table_name, classification, tenant_column, parent_schema, parent_table, child_columns, parent_columns
from boundary.protected_table
order by schema_name collate "C", table_name collate "C"
