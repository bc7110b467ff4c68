-- name: prepare
if exists (select from pg_catalog.pg_class c left join pg_catalog.pg_index i on i.indexrelid = c.oid
    where c.oid = pg_catalog.to_regclass(${index}) and (i.indrelid is distinct from rel
      or i.indpred is not null or (i.indkey::int2[])[0] <> (
        select attnum from pg_catalog.pg_attribute where attrelid = rel and attname = ${tenantColumn}))) then
  raise exception using errcode = '42P07',
    message = 'There is something else of the name ' || ${name} || ', which the index on the tenant column is to have',
    hint = 'Rename it, and run the change again.';
end if;
if pg_catalog.to_regclass(${index}) is null then
  ${logDrop}
end if;
if not coalesce((select indisvalid from pg_catalog.pg_index where indexrelid = pg_catalog.to_regclass(${index})), true) then
  drop index ${quotedIndex};
end if;

-- name: create
create index concurrently if not exists ${name} on ${table} (${tenantColumn})

-- name: is-built
if not (select indisvalid from pg_catalog.pg_index where indexrelid = pg_catalog.to_regclass(${index})) then
  raise exception using errcode = '55000',
    message = 'The index ' || ${name} || ' was not built to its end',
    hint = 'Run the change again: it drops the remains and starts over.';
end if;
