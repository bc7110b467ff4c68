-- name: declarations
${thisChange}
rel pg_catalog.regclass := pg_catalog.to_regclass(${table});

-- name: version-is-2
if pg_catalog.to_regclass('boundary.retrofit_progress') is null then
  raise exception using errcode = '55000',
    message = 'The installed version of Boundary is too old for this change',
    hint = 'Run upgradeBoundary first.';
end if;

-- name: resume-or-begin
${newest}
if this_change is null then
  ${begin}
  ${forgetProgress}
end if;

-- name: delete-progress
delete from boundary.retrofit_progress where schema_name = ${schemaName} and table_name = ${tableName}

-- name: add-column-if-missing
if not exists (select from pg_catalog.pg_attribute where attrelid = rel and attname = ${column} and not attisdropped) then
  commit;
  ${pinPath}
  ${addColumn}
end if;

-- name: add-column
execute 'alter table ' || ${table} || ' add column ' || ${column} || ' ' || (select tenant_key_type from boundary.installation);

-- name: drop-column
alter table ${table} drop column ${column}

-- name: insert-progress
insert into boundary.retrofit_progress (schema_name, table_name, source, pages_total)
select ${schemaName}, ${tableName}, source, pg_catalog.pg_relation_size(rel) / pg_catalog.current_setting('block_size')::bigint where source is not null
on conflict (schema_name, table_name) do update set source = excluded.source;

-- name: trigger-declarations
source text;

-- name: fill-declarations
progress boundary.retrofit_progress;
batch text;
changed bigint;
left_over bigint;

-- name: fill
select * into strict progress from boundary.retrofit_progress where schema_name = ${schemaName} and table_name = ${tableName};
while progress.pages_done < progress.pages_total loop
  batch := pg_catalog.format('update %s set %I = %s where %I is null and ctid >= %L::tid and ctid < %L::tid',
    ${table}, ${column}, progress.source, ${column}, '(' || progress.pages_done || ',0)',
    '(' || progress.pages_done + ${batchPages} || ',0)');
  begin
    ${restorePath}
    execute batch;
    get diagnostics changed = row_count;
    ${pinPath}
    update boundary.retrofit_progress p set rows_filled = p.rows_filled + changed,
      pages_done = least(p.pages_done + ${batchPages}, p.pages_total), updated_at = pg_catalog.clock_timestamp()
    where schema_name = ${schemaName} and table_name = ${tableName} returning p.* into progress;
  exception when deadlock_detected then
    raise notice 'A batch met a deadlock and is tried again.';
  end;
  commit;
  ${pinPath}
  raise notice '%: % of % pages', rel, progress.pages_done, progress.pages_total;
end loop;
execute pg_catalog.format('select pg_catalog.count(*) from %s where %I is null', ${table}, ${column}) into left_over;
if left_over > 0 then
  update boundary.retrofit_progress set pages_done = 0 where schema_name = ${schemaName} and table_name = ${tableName};
  commit;
  raise exception using errcode = '23502',
    message = pg_catalog.format('%s rows of %s have no tenant: %s gives null for them', left_over, rel, progress.source),
    hint = 'Fix these rows or delete them, and run the change again.';
end if;

-- name: add-check-if-missing
if not (select attnotnull from pg_catalog.pg_attribute where attrelid = rel and attname = ${column})
    and not exists (select from pg_catalog.pg_constraint where conrelid = rel and conname = 'boundary_retrofit_not_null') then
  ${addCheck}
end if;

-- name: add-check
alter table ${table} add constraint boundary_retrofit_not_null check (${column} is not null) not valid;

-- name: drop-check-if-exists
alter table ${table} drop constraint if exists boundary_retrofit_not_null

-- name: validate-check
if exists (select from pg_catalog.pg_constraint where conrelid = rel and conname = 'boundary_retrofit_not_null') then
  -- This reads the whole table, beside writers.
  alter table ${table} validate constraint boundary_retrofit_not_null;
end if;

-- name: if-checked
if exists (select from pg_catalog.pg_constraint where conrelid = rel and conname = 'boundary_retrofit_not_null') then
  ${setNotNull}
end if;

-- name: set-not-null
alter table ${table} alter column ${column} set not null;
alter table ${table} drop constraint boundary_retrofit_not_null;

-- name: drop-not-null
alter table ${table} alter column ${column} drop not null
