package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key that names the tenant on both sides, so that no row can point at, or learn of, another tenant's row, and
 * no cascade crosses over.
 *
 * @param table the referring table
 * @param tenantColumn its tenant column
 * @param columns its other columns
 * @param referenced the referenced table; null to take it from the existing foreign key on the columns
 * @param referencedTenantColumn the tenant column there
 * @param referencedColumns the columns there; empty to take them from the existing foreign key
 * @param constraintName the name; null for the existing one's, or one made from the columns
 */
record TenantForeignKey(
        TableName table,
        String tenantColumn,
        List<String> columns,
        @Nullable TableName referenced,
        String referencedTenantColumn,
        List<String> referencedColumns,
        @Nullable String constraintName) {

    private static final String DECLARATIONS = """
            old record;
            target pg_catalog.regclass;
            target_columns text[];
            constraint_name text;
            on_delete text;
            forced pg_catalog.regclass;
            """;

    Part part() {
        String code = find() + resolve();
        String remember = """
                if old.oid is not null then
                  insert into boundary.undo_step (change_id, statement) values
                    -- FORCE would hide the rows from the owner while the old key is checked again.
                    (this_change, pg_catalog.format('%2$s', %1$s, old.conname, old.definition, target));
                end if;
                insert into boundary.undo_step (change_id, statement) values
                  (this_change, pg_catalog.format('alter table %%s drop constraint %%I', %1$s, constraint_name));
                """.formatted(Quoting.literal(table.quoted()), RESTORE);
        String apply = """
                if old.oid is not null then
                  execute pg_catalog.format('alter table %%s drop constraint %%I', rel, old.conname);
                end if;
                %1$s
                execute pg_catalog.format('alter table %%s add constraint %%I foreign key (%%I, %%s) references %%s (%%I, %%s)%%s%%s%%s%%s',
                  rel, constraint_name, %2$s, %3$s, target, %4$s,
                  (select pg_catalog.string_agg(pg_catalog.quote_ident(c), ', ') from pg_catalog.unnest(target_columns) c),
                  case when old.confmatchtype = 'f' then ' match full' else '' end,
                  case old.confupdtype when 'c' then ' on update cascade' when 'r' then ' on update restrict' else '' end,
                  on_delete,
                  case when old.condeferrable then ' deferrable' || case when old.condeferred then ' initially deferred' else '' end
                    else '' end);
                %5$s""".formatted(
                        FORCE_OFF,
                        Quoting.literal(tenantColumn),
                        Quoting.literal(Quoting.identifiers(columns)),
                        Quoting.literal(referencedTenantColumn),
                        FORCE_ON);
        return Part.of(
                nested(code),
                nested(code + remember),
                PlpgsqlBlock.of(
                        "rel pg_catalog.regclass := " + Quoting.literal(table.quoted()) + ";\n" + DECLARATIONS
                                + "were_forced pg_catalog.regclass[];\n",
                        code + apply));
    }

    /** PostgreSQL checks existing rows with the owner's query; under FORCE it would see none and accept anything. */
    private static final String FORCE_OFF = """
            were_forced := array(select c.oid::pg_catalog.regclass from pg_catalog.pg_class c
              where c.oid in (rel, target) and c.relforcerowsecurity and pg_catalog.pg_has_role(c.relowner, 'USAGE'));
            foreach forced in array were_forced loop
              execute pg_catalog.format('alter table %s no force row level security', forced);
            end loop;
            """;

    private static final String FORCE_ON = """
            foreach forced in array were_forced loop
              execute pg_catalog.format('alter table %s force row level security', forced);
            end loop;
            """;

    private static final String RESTORE = """
            do $restore$
            declare
              forced pg_catalog.regclass;
              were_forced pg_catalog.regclass[];
              rel pg_catalog.regclass := %1$L;
              target pg_catalog.regclass := %4$L;
            begin
            """.replace("'", "''")
            + FORCE_OFF.replace("%s", "%%s").replace("'", "''") + "  alter table %1$s add constraint %2$I %3$s;\n"
            + FORCE_ON.replace("%s", "%%s").replace("'", "''") + "end $restore$";

    private String find() {
        return """
                select k.oid, k.conname, k.confrelid::pg_catalog.regclass as target, k.confdeltype, k.confupdtype, k.confmatchtype,
                  k.condeferrable, k.condeferred, pg_catalog.pg_get_constraintdef(k.oid) as definition,
                  array(select a.attname::text from unnest(k.conkey, k.confkey) as c(child, parent)
                    join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = c.parent
                    join pg_catalog.pg_attribute b on b.attrelid = k.conrelid and b.attnum = c.child
                    order by pg_catalog.array_position(%1$s, b.attname::text)) as target_columns
                into old from pg_catalog.pg_constraint k
                where k.contype = 'f' and k.conparentid = 0 and k.conrelid = rel%2$s
                  and pg_catalog.cardinality(k.conkey) = %3$s
                  and not exists (select from pg_catalog.pg_attribute a where a.attrelid = rel
                    and a.attnum = any (k.conkey) and a.attname <> all (%1$s))
                order by k.oid limit 1;
                """.formatted(
                Quoting.textArray(columns),
                referenced == null
                        ? ""
                        : " and k.confrelid = pg_catalog.to_regclass(" + Quoting.literal(referenced.quoted()) + ")",
                columns.size());
    }

    private String resolve() {
        String listed = String.join(", ", columns);
        return "target := "
                + (referenced == null
                        ? "old.target"
                        : "pg_catalog.to_regclass(" + Quoting.literal(referenced.quoted()) + ")")
                + ";\ntarget_columns := "
                + (referencedColumns.isEmpty() ? "old.target_columns" : Quoting.textArray(referencedColumns))
                + ";\nconstraint_name := coalesce("
                + (constraintName == null ? "old.conname::text" : Quoting.literal(constraintName))
                + ", pg_catalog.left("
                + Quoting.literal(table.table() + "_" + tenantColumn + "_" + String.join("_", columns))
                + ", 58) || '_fkey');\n"
                + "on_delete := case old.confdeltype when 'c' then ' on delete cascade' when 'r' then ' on delete restrict'"
                + " when 'n' then "
                + Quoting.literal(" on delete set null (" + Quoting.identifiers(columns) + ")")
                + " when 'd' then "
                + Quoting.literal(" on delete set default (" + Quoting.identifiers(columns) + ")")
                + " else '' end;\n"
                + Guards.raise(
                        "target is null or target_columns is null",
                        "Table " + table + " has no foreign key on (" + listed + ") to take the referenced table from",
                        "Name referencedTableName and referencedColumnNames.")
                + Guards.raise(
                        "old.confupdtype in ('n', 'd')",
                        "The foreign key of " + table + " on (" + listed
                                + ") has ON UPDATE SET NULL or SET DEFAULT, which would take the tenant away too",
                        "Recreate it with another action first.")
                + Guards.raise(
                        "old.confdeltype in ('n', 'd') and pg_catalog.current_setting('server_version_num')::int < 150000",
                        "The foreign key of " + table + " on (" + listed
                                + ") has ON DELETE SET NULL or SET DEFAULT, which before PostgreSQL 15 would take the"
                                + " tenant away too",
                        "Recreate it with another action first, or upgrade PostgreSQL.")
                + Guards.raise(
                        "old.confdeltype = 'n' and pg_catalog.pg_get_constraintdef(old.oid) ~ 'SET NULL \\('",
                        "The foreign key of " + table + " on (" + listed + ") sets only some of its columns null",
                        "Recreate it with the tenant by hand.")
                + """
                if not exists (
                    select from pg_catalog.pg_index i where i.indrelid = target and i.indisunique and i.indisvalid
                      and i.indimmediate and i.indpred is null and i.indexprs is null
                      and i.indnkeyatts = pg_catalog.cardinality(target_columns) + 1
                      and not exists (
                        select from pg_catalog.unnest((i.indkey::int2[])[0:i.indnkeyatts - 1]) k
                        join pg_catalog.pg_attribute a on a.attrelid = target and a.attnum = k
                        where a.attname <> %1$s and a.attname <> all (target_columns))) then
                  raise exception using errcode = '42830',
                    message = pg_catalog.format('%%s has no unique key on %%s, %%s', target, %1$s, pg_catalog.array_to_string(target_columns, ', ')),
                    hint = 'Run addTenantUnique or addTenantPrimaryKey on it first.';
                end if;
                if exists (
                    select from pg_catalog.pg_attribute a where not a.attnotnull
                      and (a.attrelid = rel and a.attname = %2$s or a.attrelid = target and a.attname = %1$s)) then
                  raise exception using errcode = '55000',
                    message = %3$s,
                    hint = 'Make both NOT NULL first: PostgreSQL does not check a foreign key of which one column is null.';
                end if;
                """.formatted(
                                Quoting.literal(referencedTenantColumn),
                                Quoting.literal(tenantColumn),
                                Quoting.literal("The tenant column of " + table
                                        + " or of the table that it refers to may be null"));
    }

    private static String nested(String code) {
        return "declare\n" + DECLARATIONS.indent(2) + "begin\n" + code.indent(2) + "end;\n";
    }

    List<String> indexColumns() {
        return Stream.concat(Stream.of(tenantColumn), columns.stream()).toList();
    }
}
