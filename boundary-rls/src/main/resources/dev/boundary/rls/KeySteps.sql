-- name: unique-keys
select i.indexrelid, i.indrelid, c.relname as index_name, s.nspname as index_schema, i.indisprimary,
  i.indnatts <> i.indnkeyatts as includes, k.conname, k.condeferrable, k.condeferred,
  pg_catalog.pg_get_constraintdef(k.oid) as definition, pg_catalog.pg_get_indexdef(i.indexrelid) as index_definition,
  array(select a.attname::text from pg_catalog.unnest(i.indkey::int2[]) with ordinality as k(number, position)
    join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
    where k.position <= i.indnkeyatts order by k.position) as columns
from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
join pg_catalog.pg_namespace s on s.oid = c.relnamespace
left join pg_catalog.pg_constraint k on k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u')
where i.indrelid = rel and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null

-- name: key
key record;
referring text;

-- name: declarations
rel pg_catalog.regclass := ${table};
key record;
columns text;
ready text;

-- name: find-primary-key
select * into key from (
  ${uniqueKeys}
) u where u.indisprimary;
if not found then
  raise exception using errcode = '55000',
    message = 'Table ' || ${table} || ' has no primary key',
    hint = 'Add it with the tenant in front: addPrimaryKey with columnNames "' || ${tenantColumn} || ', id".';
end if;
if ${tenantColumn} = any (key.columns) then
  raise exception using errcode = '55000',
    message = 'The primary key of ' || ${table} || ' has the tenant in it already',
    hint = 'Leave the change out.';
end if;

-- name: find-unique
select * into key from (
  ${uniqueKeys}
) u where not u.indisprimary
  and u.columns operator(pg_catalog.@>) ${columns} and u.columns operator(pg_catalog.<@) ${columns}
order by u.conname is null, u.indexrelid limit 1;

-- name: is-new
if exists (
    select from (
      ${uniqueKeys}
    ) u where u.conname is not null and not u.indisprimary
      and u.columns operator(pg_catalog.@>) ${columns} and u.columns operator(pg_catalog.<@) ${columns}) then
  raise exception using errcode = '55000',
    message = 'Table ' || ${table} || ' has a unique key on ' || ${names} || ' already',
    hint = 'Leave the change out.';
end if;

-- name: nobody-refers
select pg_catalog.string_agg(pg_catalog.format('%s on %s', f.conname, f.conrelid::pg_catalog.regclass), ', ')
into referring from pg_catalog.pg_constraint f where f.contype = 'f' and f.conindid = key.indexrelid;
if referring is not null then
  raise exception using errcode = '2BP01',
    message = 'Foreign keys refer to the key of ' || ${table} || ' without the tenant: ' || referring,
    hint = 'Run addTenantUnique for the same columns, then addTenantForeignKey for each of these foreign keys, first.';
end if;
if key.includes then
  raise exception using errcode = '0A000',
    message = 'The key of ' || ${table} || ' has INCLUDE columns',
    hint = 'Replace it by hand, with the tenant in front.';
end if;

-- name: remember-replacement
if key.conname is not null then
  insert into boundary.undo_step (change_id, statement) values
    (this_change, pg_catalog.format('alter table %s add constraint %I %s', ${quotedTable}, key.conname, key.definition)),
    (this_change, pg_catalog.format('alter table %s drop constraint %I', ${quotedTable}, key.conname));
elsif key.indexrelid is not null then
  insert into boundary.undo_step (change_id, statement) values
    (this_change, key.index_definition),
    (this_change, pg_catalog.format('drop index %I.%I', key.index_schema, key.index_name));
end if;
insert into boundary.undo_step (change_id, statement)
select this_change, u.index_definition from (
  ${uniqueKeys}
) u
where u.columns = (array[${tenantColumn}]::pg_catalog.text[] operator(pg_catalog.||) key.columns)
  and u.conname is null and key.conname is not null
order by u.indexrelid limit 1;

-- name: replace
columns := (select pg_catalog.string_agg(pg_catalog.quote_ident(c), ', ')
  from pg_catalog.unnest(array[${tenantColumn}]::pg_catalog.text[] operator(pg_catalog.||) key.columns) c);
if key.conname is not null then
  select u.index_name into ready from (
    ${uniqueKeys}
  ) u
  where u.columns = array[${tenantColumn}]::pg_catalog.text[] operator(pg_catalog.||) key.columns and u.conname is null
    and (select relkind from pg_catalog.pg_class where oid = rel) = 'r'
  order by u.indexrelid limit 1;
  execute pg_catalog.format('alter table %s drop constraint %I, add constraint %I %s %s%s', ${quotedTable},
    key.conname, key.conname,
    ${type} || case when key.definition like '% NULLS NOT DISTINCT %' and ready is null then ' nulls not distinct' else '' end,
    case when ready is null then '(' || columns || ')' else 'using index ' || pg_catalog.quote_ident(ready) end,
    case when key.condeferrable then ' deferrable' || case when key.condeferred then ' initially deferred' else '' end
      else '' end);
else
  execute pg_catalog.format('drop index %I.%I', key.index_schema, key.index_name);
  execute pg_catalog.format('create unique index %I on %s (%s)%s', key.index_name, ${quotedTable}, columns,
    case when key.index_definition like '%) NULLS NOT DISTINCT%' then ' nulls not distinct' else '' end);
end if;

-- name: name-of-columns
pg_catalog.left(${name}, 58) || '_key'

-- name: remember-unique
if key.indexrelid is null then
  insert into boundary.undo_step (change_id, statement) values
    (this_change, pg_catalog.format('alter table %s drop constraint %I', ${quotedTable}, ${name}));
  insert into boundary.undo_step (change_id, statement)
  select this_change, u.index_definition from (
    ${uniqueKeys}
  ) u
  where u.columns = ${columns} and u.conname is null order by u.indexrelid limit 1;
else
  ${rememberReplacement}
end if;

-- name: add-unique
if key.indexrelid is null then
  select u.index_name into ready from (
    ${uniqueKeys}
  ) u where u.columns = ${columns} and u.conname is null
    and (select relkind from pg_catalog.pg_class where oid = rel) = 'r' order by u.indexrelid limit 1;
  execute pg_catalog.format('alter table %s add constraint %I unique %s', ${quotedTable}, ${name},
    case when ready is null then ${definition} else 'using index ' || pg_catalog.quote_ident(ready) end);
else
  ${replace}
end if;
