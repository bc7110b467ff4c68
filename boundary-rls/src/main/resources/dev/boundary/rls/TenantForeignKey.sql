-- name: declarations
old record;
target pg_catalog.regclass;
target_columns text[];
constraint_name text;
on_delete text;
forced pg_catalog.regclass;

-- name: apply-declarations
rel pg_catalog.regclass := ${table};
${declarations}
were_forced pg_catalog.regclass[];

-- name: find
select k.oid, k.conname, k.confrelid::pg_catalog.regclass as target, k.confdeltype, k.confupdtype, k.confmatchtype,
  k.condeferrable, k.condeferred, pg_catalog.pg_get_constraintdef(k.oid) as definition,
  array(select a.attname::text from unnest(k.conkey, k.confkey) as c(child, parent)
    join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = c.parent
    join pg_catalog.pg_attribute b on b.attrelid = k.conrelid and b.attnum = c.child
    order by pg_catalog.array_position(${columns}, b.attname::text)) as target_columns
into old from pg_catalog.pg_constraint k
where k.contype = 'f' and k.conparentid = 0 and k.conrelid = rel
  ${refersToTarget}
  and pg_catalog.cardinality(k.conkey) = ${size}
  and not exists (select from pg_catalog.pg_attribute a where a.attrelid = rel
    and a.attnum = any (k.conkey) and a.attname <> all (${columns}))
order by k.oid limit 1;

-- name: refers-to-target
and k.confrelid = ${target}

-- name: resolve
target := ${target};
target_columns := ${targetColumns};
constraint_name := coalesce(${name}, pg_catalog.left(${nameOfColumns}, 58) || '_fkey');
on_delete := case old.confdeltype when 'c' then ' on delete cascade' when 'r' then ' on delete restrict'
  when 'n' then ${setNull} when 'd' then ${setDefault} else '' end;

-- name: check
if target is null or target_columns is null then
  raise exception using errcode = '55000',
    message = 'Table ' || ${table} || ' has no foreign key on (' || ${columns} || ') to take the referenced table from',
    hint = 'Name referencedTableName and referencedColumnNames.';
end if;
if old.confupdtype in ('n', 'd') then
  raise exception using errcode = '55000',
    message = 'The foreign key of ' || ${table} || ' on (' || ${columns} || ') has ON UPDATE SET NULL or SET DEFAULT, which would take the tenant away too',
    hint = 'Recreate it with another action first.';
end if;
if old.confdeltype in ('n', 'd') and pg_catalog.current_setting('server_version_num')::int < 150000 then
  raise exception using errcode = '55000',
    message = 'The foreign key of ' || ${table} || ' on (' || ${columns} || ') has ON DELETE SET NULL or SET DEFAULT, which before PostgreSQL 15 would take the tenant away too',
    hint = 'Recreate it with another action first, or upgrade PostgreSQL.';
end if;
if old.confdeltype = 'n' and pg_catalog.pg_get_constraintdef(old.oid) ~ 'SET NULL [(]' then
  raise exception using errcode = '55000',
    message = 'The foreign key of ' || ${table} || ' on (' || ${columns} || ') sets only some of its columns null',
    hint = 'Recreate it with the tenant by hand.';
end if;
if not exists (
    select from pg_catalog.pg_index i where i.indrelid = target and i.indisunique and i.indisvalid
      and i.indimmediate and i.indpred is null and i.indexprs is null
      and i.indnkeyatts = pg_catalog.cardinality(target_columns) + 1
      and not exists (
        select from pg_catalog.unnest((i.indkey::int2[])[0:i.indnkeyatts - 1]) k
        join pg_catalog.pg_attribute a on a.attrelid = target and a.attnum = k
        where a.attname <> ${targetTenantColumn} and a.attname <> all (target_columns))) then
  raise exception using errcode = '42830',
    message = pg_catalog.format('%s has no unique key on %s, %s', target, ${targetTenantColumn}, pg_catalog.array_to_string(target_columns, ', ')),
    hint = 'Run addTenantUnique or addTenantPrimaryKey on it first.';
end if;
if exists (
    select from pg_catalog.pg_attribute a where not a.attnotnull
      and (a.attrelid = rel and a.attname = ${tenantColumn} or a.attrelid = target and a.attname = ${targetTenantColumn})) then
  raise exception using errcode = '55000',
    message = 'The tenant column of ' || ${table} || ' or of the table that it refers to may be null',
    hint = 'Make both NOT NULL first: PostgreSQL does not check a foreign key of which one column is null.';
end if;

-- name: remember
if old.oid is not null then
  insert into boundary.undo_step (change_id, statement) values
    -- FORCE would hide the rows from the owner while the old key is checked again.
    (this_change, pg_catalog.format(${restore}, ${quotedTable}, old.conname, old.definition, target));
end if;
insert into boundary.undo_step (change_id, statement) values
  (this_change, pg_catalog.format('alter table %s drop constraint %I', ${quotedTable}, constraint_name));

-- name: restore
do $restore$
declare
  forced pg_catalog.regclass;
  were_forced pg_catalog.regclass[];
  rel pg_catalog.regclass := %1$L;
  target pg_catalog.regclass := %4$L;
begin
  ${forceOff}
  alter table %1$s add constraint %2$I %3$s;
  ${forceOn}
end $restore$

-- name: replace
if old.oid is not null then
  execute pg_catalog.format('alter table %s drop constraint %I', rel, old.conname);
end if;
${forceOff}
execute pg_catalog.format('alter table %s add constraint %I foreign key (%I, %s) references %s (%I, %s)%s%s%s%s',
  rel, constraint_name, ${tenantColumn}, ${columns}, target, ${targetTenantColumn},
  (select pg_catalog.string_agg(pg_catalog.quote_ident(c), ', ') from pg_catalog.unnest(target_columns) c),
  case when old.confmatchtype = 'f' then ' match full' else '' end,
  case old.confupdtype when 'c' then ' on update cascade' when 'r' then ' on update restrict' else '' end,
  on_delete,
  case when old.condeferrable then ' deferrable' || case when old.condeferred then ' initially deferred' else '' end
    else '' end);
${forceOn}

-- name: force-off
were_forced := array(select c.oid::pg_catalog.regclass from pg_catalog.pg_class c
  where c.oid in (rel, target) and c.relforcerowsecurity and pg_catalog.pg_has_role(c.relowner, 'USAGE'));
foreach forced in array were_forced loop
  execute pg_catalog.format('alter table %s no force row level security', forced);
end loop;

-- name: force-on
foreach forced in array were_forced loop
  execute pg_catalog.format('alter table %s force row level security', forced);
end loop;
