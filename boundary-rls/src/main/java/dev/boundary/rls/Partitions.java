package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;

/**
 * Partitions. Policies of the partitioned table hold for access through it; a partition that is addressed directly has
 * policies of its own or none. Here it gets none and row-level security, so that nobody but a role that bypasses
 * policies reaches a row in it directly, whatever is granted.
 */
final class Partitions {

    static final String FUNCTION = "boundary.protect_new_partitions()";
    static final String EVENT_TRIGGER = "boundary_protect_new_partitions";

    private Partitions() {}

    /** Closes all partitions that are there now. */
    static Part close(TableName table, RoleNames roles) {
        List<String> names = List.of(roles.application(), roles.admin());
        String remember = """
                <<every_partition>>
                declare
                  whole pg_catalog.regclass := rel;
                begin
                  for rel in select relid from pg_catalog.pg_partition_tree(whole) where relid <> whole loop
                %s  end loop;
                  rel := whole;
                end;
                """.formatted((Parts.REMEMBER_ROW_SECURITY + Parts.rememberGrants(names)).indent(4));
        String apply = PlpgsqlBlock.of("partition pg_catalog.regclass;", """
                for partition in select relid from pg_catalog.pg_partition_tree(%1$s) where relid <> %1$s::pg_catalog.regclass loop
                  execute pg_catalog.format('revoke all on table %%s from public, %%s', partition, %2$s);
                  execute pg_catalog.format('alter table %%s enable row level security, force row level security', partition);
                end loop;
                """.formatted(
                        Quoting.literal(table.quoted()), Quoting.literal(Quoting.identifiers(names))));
        return Part.of("", remember, apply);
    }

    /** NOT NULL goes down to every partition and so does its removal: partitions that had it keep it. */
    static Part keepNotNull(List<String> columns) {
        return Part.of("", """
                insert into boundary.undo_step (change_id, statement)
                select this_change, pg_catalog.format('alter table %%s alter column %%I set not null', t.relid, a.attname)
                from pg_catalog.pg_partition_tree(rel) t join pg_catalog.pg_attribute a on a.attrelid = t.relid
                where t.relid <> rel and a.attname = any (%s) and a.attnotnull;
                """.formatted(Quoting.textArray(columns)));
    }
}
