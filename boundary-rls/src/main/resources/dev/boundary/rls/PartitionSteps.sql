-- name: remember-each
<<every_partition>>
declare
  whole pg_catalog.regclass := rel;
begin
  for rel in select relid from pg_catalog.pg_partition_tree(whole) where relid <> whole loop
    ${remember}
  end loop;
  rel := whole;
end;

-- name: close
for partition in select relid from pg_catalog.pg_partition_tree(${table}) where relid <> ${table}::pg_catalog.regclass loop
  execute pg_catalog.format('revoke all on table %s from public, %s', partition, ${roles});
  execute pg_catalog.format('alter table %s enable row level security, force row level security', partition);
end loop;

-- name: remember-not-null
insert into boundary.undo_step (change_id, statement)
select this_change, pg_catalog.format('alter table %s alter column %I set not null', t.relid, a.attname)
from pg_catalog.pg_partition_tree(rel) t join pg_catalog.pg_attribute a on a.attrelid = t.relid
where t.relid <> rel and a.attname = any (${columns}) and a.attnotnull;
