-- What a plan does not say of the tables and indexes that it names.

-- name: partitions
select n.nspname, c.relname
from pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)) part
join pg_catalog.pg_class c on c.oid = part.relid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where part.level > 0

-- name: columns-of-unique-index
-- Of a whole index without expressions.
select a.attname
from pg_catalog.pg_index i
join pg_catalog.pg_class c on c.oid = i.indexrelid
join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
where i.indisunique and i.indpred is null and i.indexprs is null
  and i.indrelid = pg_catalog.to_regclass(?) and c.relname = ?
