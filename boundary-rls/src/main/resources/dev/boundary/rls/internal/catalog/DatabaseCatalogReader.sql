-- The structure of tables. The queries run with nothing but the catalog on the search path, so that types, sequences,
-- operators and expressions are printed with their schemas. The second and later ones take the oids of the first.

-- name: named-tables
select c.oid::pg_catalog.int8, n.nspname, c.relname, c.relkind = 'p'
from rows from (pg_catalog.unnest(?::pg_catalog.text[]), pg_catalog.unnest(?::pg_catalog.text[])) as w(schema_name, table_name)
join pg_catalog.pg_namespace n on n.nspname = w.schema_name
join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.table_name and c.relkind in ('r', 'p')
order by n.nspname collate "C", c.relname collate "C"

-- name: user-tables
select c.oid::pg_catalog.int8, n.nspname, c.relname, c.relkind = 'p'
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition
  and n.nspname not in ('pg_catalog', 'information_schema', 'boundary') and n.nspname !~ '^pg_(toast|temp)'
  and not exists (select from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e'
    and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
order by n.nspname collate "C", c.relname collate "C"

-- name: columns
-- The base type is seen through domains. A sequence is the one that an identity column owns, or that a default names.
select a.attrelid::pg_catalog.int8, a.attname, a.atttypid::pg_catalog.int8, a.atttypmod,
  pg_catalog.format_type(a.atttypid, a.atttypmod), pg_catalog.format_type(a.atttypid, -1),
  b.oid::pg_catalog.regtype::pg_catalog.text, a.attcollation <> 0, a.attnotnull,
  pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attidentity <> '', a.attgenerated <> '', s.name
from pg_catalog.pg_attribute a
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
cross join lateral (
  with recursive base(oid, typtype, typbasetype) as (
    select t.oid, t.typtype, t.typbasetype from pg_catalog.pg_type t where t.oid = a.atttypid
    union all
    select t.oid, t.typtype, t.typbasetype from pg_catalog.pg_type t join base on t.oid = base.typbasetype
    where base.typtype = 'd')
  select oid from base where typtype <> 'd') b
left join lateral (
  select pg_catalog.format('%I.%I', n.nspname, c.relname) as name
  from pg_catalog.pg_depend e
  join pg_catalog.pg_class c on c.relkind = 'S' and c.oid = case e.deptype when 'i' then e.objid else e.refobjid end
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where b.oid = any ('{int2, int4, int8}'::pg_catalog.regtype[]::pg_catalog.oid[])
    and (e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and e.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.deptype = 'i'
        and e.refobjid = a.attrelid and e.refobjsubid = a.attnum
      or e.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass and e.objid = d.oid
        and e.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.deptype = 'n')
  order by c.oid limit 1) s on true
where a.attrelid = any (?::pg_catalog.oid[]) and a.attnum > 0 and not a.attisdropped
order by a.attrelid, a.attnum

-- name: unique-indexes
-- Expressions in an index are left out.
select i.indrelid::pg_catalog.int8, i.indisprimary,
  pg_catalog.array_agg(a.attname::pg_catalog.text order by k.position)
from pg_catalog.pg_index i
cross join pg_catalog.unnest((i.indkey::pg_catalog.int2[])[0:i.indnkeyatts - 1]) with ordinality as k(number, position)
join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
where i.indrelid = any (?::pg_catalog.oid[]) and i.indisunique and i.indisvalid
group by i.indrelid, i.indexrelid, i.indisprimary
order by i.indrelid, i.indisprimary desc, i.indexrelid

-- name: foreign-keys
-- Of the tables and of those that refer to them; not the copies that partitions inherit.
select k.conname, n.nspname, c.relname, fn.nspname, fc.relname,
  (select pg_catalog.array_agg(a.attname::pg_catalog.text order by x.position)
   from pg_catalog.unnest(k.conkey) with ordinality as x(number, position)
   join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.number),
  (select pg_catalog.array_agg(a.attname::pg_catalog.text order by x.position)
   from pg_catalog.unnest(k.confkey) with ordinality as x(number, position)
   join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.number),
  (select pg_catalog.array_agg(pg_catalog.format('operator(%I.%s)', s.nspname, o.oprname) order by x.position)
   from pg_catalog.unnest(k.conpfeqop) with ordinality as x(operator, position)
   join pg_catalog.pg_operator o on o.oid = x.operator join pg_catalog.pg_namespace s on s.oid = o.oprnamespace),
  k.condeferrable, k.confmatchtype = 'f', k.confdeltype, fc.relispartition
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_class fc on fc.oid = k.confrelid join pg_catalog.pg_namespace fn on fn.oid = fc.relnamespace
where k.contype = 'f' and k.conparentid = 0
  and (k.conrelid = any (?::pg_catalog.oid[]) or k.confrelid = any (?::pg_catalog.oid[]))
order by n.nspname collate "C", c.relname collate "C", k.conname collate "C"

-- name: checks
-- Check constraints, and for each partitioned table that some partition takes the row.
select k.conrelid::pg_catalog.int8, k.conname, pg_catalog.pg_get_expr(k.conbin, k.conrelid),
  (select pg_catalog.array_agg(a.attname::pg_catalog.text order by x.position)
   from pg_catalog.unnest(k.conkey) with ordinality as x(number, position)
   join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.number)
from pg_catalog.pg_constraint k
where k.contype = 'c' and k.conrelid = any (?::pg_catalog.oid[])
order by k.conrelid, k.conname collate "C"

-- name: partition-bounds
-- Of partitioned tables without a partition that takes every row.
with recursive tree(root, leaf) as (
  select c.oid, c.oid from pg_catalog.pg_class c where c.relkind = 'p' and c.oid = any (?::pg_catalog.oid[])
  union all
  select tree.root, i.inhrelid from tree join pg_catalog.pg_inherits i on i.inhparent = tree.leaf)
select tree.root::pg_catalog.int8,
  pg_catalog.string_agg(pg_catalog.pg_get_partition_constraintdef(tree.leaf), ' or ')
from tree
join pg_catalog.pg_class leaf on leaf.oid = tree.leaf and leaf.relkind = 'r'
group by tree.root
having pg_catalog.bool_and(pg_catalog.pg_get_partition_constraintdef(tree.leaf) is not null)
