package dev.boundary.rls;

import java.util.List;

/**
 * Creates an event trigger that turns row-level security on in each new partition of a protected table, whether made or
 * attached. Only a superuser may create one; without it, run {@code protectPartitions} after each new partition. A new
 * partition without either is closed as long as nobody is granted anything on it.
 */
public record ProtectFuturePartitions() implements RlsChange {

    @Override
    public String name() {
        return "protectFuturePartitions";
    }

    @Override
    public String object() {
        return "boundary";
    }

    @Override
    public List<String> apply() {
        return List.of(
                PlpgsqlBlock.of(
                        "this_change bigint;",
                        Guards.installed()
                                + Guards.raise(
                                        "not (select rolsuper from pg_catalog.pg_roles where rolname = current_user)",
                                        "Only a superuser may create the event trigger that protects new partitions",
                                        "Run this change as one, or leave it out and run protectPartitions after each"
                                                + " new partition.")
                                + Undo.begin(this)
                                + Undo.step("drop function " + Partitions.FUNCTION)
                                + Undo.step("drop event trigger " + Partitions.EVENT_TRIGGER)),
                // It runs as whoever creates the partition, who owns the partitioned table, and not as a superuser.
                """
                create function %s returns event_trigger
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
                      cross join pg_partition_tree(to_regclass(format('%%I.%%I', p.schema_name, p.table_name))) t
                      join pg_class c on c.oid = t.relid
                      where c.relispartition and c.relkind in ('r', 'p')
                        and not (c.relrowsecurity and c.relforcerowsecurity)
                  loop
                    execute format('alter table %%s enable row level security, force row level security', partition);
                  end loop;
                end
                $function$""".formatted(Partitions.FUNCTION),
                "revoke all on function " + Partitions.FUNCTION + " from public",
                "create event trigger " + Partitions.EVENT_TRIGGER + " on ddl_command_end\n"
                        + "when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'ALTER TABLE') execute function "
                        + Partitions.FUNCTION);
    }

    @Override
    public List<String> rollback() {
        return Undo.restore(this);
    }

    @Override
    public String confirmation() {
        return "New partitions of protected tables get row-level security";
    }
}
