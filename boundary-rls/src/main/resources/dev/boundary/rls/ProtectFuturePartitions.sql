-- The function runs as whoever creates the partition, who owns the partitioned table, and not as a superuser.

-- name: role-is-superuser
if not (select rolsuper from pg_catalog.pg_roles where rolname = current_user) then
  raise exception using errcode = '55000',
    message = 'Only a superuser may create the event trigger that protects new partitions',
    hint = 'Run this change as one, or leave it out and run protectPartitions after each new partition.';
end if;

-- name: create-function
create function boundary.protect_new_partitions() returns event_trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $function$
declare
  partition regclass;
begin
  if not has_schema_privilege('boundary', 'USAGE')
      or not has_table_privilege('boundary.protected_table', 'SELECT') then
    return;
  end if;
  for partition in
      select t.relid from boundary.protected_table p
      cross join pg_partition_tree(to_regclass(format('%I.%I', p.schema_name, p.table_name))) t
      join pg_class c on c.oid = t.relid
      where c.relispartition and c.relkind in ('r', 'p')
        and not (c.relrowsecurity and c.relforcerowsecurity)
  loop
    execute format('alter table %s enable row level security, force row level security', partition);
  end loop;
end
$function$

-- name: revoke-function
revoke all on function boundary.protect_new_partitions() from public

-- name: create-event-trigger
create event trigger boundary_protect_new_partitions on ddl_command_end
when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'ALTER TABLE') execute function boundary.protect_new_partitions()

-- name: drop-function
drop function boundary.protect_new_partitions()

-- name: drop-event-trigger
drop event trigger boundary_protect_new_partitions
