-- name: remember-row-security
insert into boundary.undo_step (change_id, statement)
select this_change, pg_catalog.format('alter table %s %s row level security, %s row level security',
  rel, case when relrowsecurity then 'enable' else 'disable' end,
  case when relforcerowsecurity then 'force' else 'no force' end)
from pg_catalog.pg_class where oid = rel;

-- name: enable-row-security
alter table ${table} enable row level security, force row level security

-- name: disable-row-security
alter table ${table} disable row level security, no force row level security

-- name: alter-column
alter table only ${table} alter column ${column}

-- name: remember-default
insert into boundary.undo_step (change_id, statement)
select this_change, ${alter} || coalesce(
  (select ' set default ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) from pg_catalog.pg_attrdef d
   where d.adrelid = a.attrelid and d.adnum = a.attnum), ' drop default')
from pg_catalog.pg_attribute a where a.attrelid = rel and a.attname = ${column};

-- name: column-is-not-generated
if exists (select from pg_catalog.pg_attribute where attrelid = rel and attname = ${column} and (attgenerated <> '' or attidentity <> '')) then
  raise exception using errcode = '55000',
    message = 'Column "' || ${column} || '" of ' || ${table} || ' is generated, so it cannot take the tenant as its default',
    hint = 'Let the tenant column be an ordinary column.';
end if;

-- name: remember-nullable
insert into boundary.undo_step (change_id, statement)
select this_change, pg_catalog.format('alter table %s alter column %I drop not null', ${table}, attname)
from pg_catalog.pg_attribute where attrelid = rel and attname = any (${columns}) and not attnotnull;

-- name: index-declarations
rel pg_catalog.regclass := ${table};
${thisChange}
before pg_catalog.oid[] := array(select indexrelid from pg_catalog.pg_index where indrelid = rel);
partition_indexes pg_catalog.oid[] := array(
  select i.indexrelid from pg_catalog.pg_partition_tree(rel) t join pg_catalog.pg_index i on i.indrelid = t.relid
  where t.relid <> rel order by i.indexrelid);
partition_definitions text[] := array(
  select pg_catalog.pg_get_indexdef(i) from pg_catalog.unnest(partition_indexes) i order by i);
attached pg_catalog.oid[] := array(select inhrelid from pg_catalog.pg_inherits where inhrelid = any (partition_indexes));
wanted int2[];

-- name: index
select pg_catalog.array_agg(a.attnum order by k.position) into wanted
from pg_catalog.unnest(${names}) with ordinality as k(name, position)
join pg_catalog.pg_attribute a on a.attrelid = rel and a.attname = k.name;
if not exists (
    select from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
    join pg_catalog.pg_am m on m.oid = c.relam
    where i.indrelid = rel and i.indisvalid and i.indpred is null and m.amname = 'btree'
      and (i.indkey::int2[])[0:${size} - 1] operator(pg_catalog.@>) wanted) then
  create index on ${table} (${columns});
  -- An index that a partition had is attached to the new one, and would be dropped with it.
  insert into boundary.undo_step (change_id, statement)
  select this_change, definition from unnest(partition_indexes, partition_definitions) as b(index, definition)
  where exists (select from pg_catalog.pg_inherits where inhrelid = b.index and inhrelid <> all (attached));
  insert into boundary.undo_step (change_id, statement)
  select this_change, pg_catalog.format('drop index %I.%I', n.nspname, c.relname)
  from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where i.indrelid = rel and i.indexrelid <> all (before);
end if;
