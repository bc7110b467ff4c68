package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys with the tenant in front. Policies do not apply to unique and foreign keys: a key without the tenant tells one
 * tenant that another has a value, and a foreign key without it can point at another tenant's row.
 */
final class Keys {

    private Keys() {}

    /** The key columns of an index {@code i}, as names in order. */
    private static final String INDEX_COLUMNS = "array(select a.attname::text from pg_catalog.unnest(i.indkey::int2[])"
            + " with ordinality as k(number, position) join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and"
            + " a.attnum = k.number where k.position <= i.indnkeyatts order by k.position)";

    /** One row for each plain unique index of {@code rel}, with the constraint that it stands for, if any. */
    private static final String UNIQUE_KEYS = "select i.indexrelid, i.indrelid, c.relname as index_name, s.nspname as"
            + " index_schema, i.indisprimary, i.indnatts <> i.indnkeyatts as includes, k.conname, k.condeferrable,"
            + " k.condeferred, pg_catalog.pg_get_constraintdef(k.oid) as definition,"
            + " pg_catalog.pg_get_indexdef(i.indexrelid) as index_definition, " + INDEX_COLUMNS + " as columns"
            + " from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid"
            + " join pg_catalog.pg_namespace s on s.oid = c.relnamespace"
            + " left join pg_catalog.pg_constraint k on k.conindid = i.indexrelid and k.conrelid = i.indrelid and"
            + " k.contype in ('p', 'u') where i.indrelid = %1$s and i.indisunique and i.indisvalid and i.indpred is null"
            + " and i.indexprs is null";

    private static final String KEY_RECORD = "key record;\nreferring text;\n";

    private static String findPrimaryKey(TableName table, String tenantColumn) {
        return """
                select * into key from (%1$s) u where u.indisprimary;
                """.formatted(uniqueKeys("rel"))
                + Guards.raise(
                        "not found",
                        "Table " + table + " has no primary key",
                        "Add it with the tenant in front: addPrimaryKey with columnNames \"" + tenantColumn + ", id\".")
                + Guards.raise(
                        Quoting.literal(tenantColumn) + " = any (key.columns)",
                        "The primary key of " + table + " has the tenant in it already",
                        "Leave the change out.");
    }

    private static String findUnique(List<String> columns) {
        return """
                select * into key from (%1$s) u where not u.indisprimary
                  and u.columns operator(pg_catalog.@>) %2$s and u.columns operator(pg_catalog.<@) %2$s
                order by u.conname is null, u.indexrelid limit 1;
                """.formatted(uniqueKeys("rel"), Quoting.textArray(columns));
    }

    private static String uniqueKeys(String table) {
        return UNIQUE_KEYS.formatted(table);
    }

    /** Foreign keys that stand on the key must become composite first. */
    private static String nobodyRefers(TableName table) {
        return """
                select pg_catalog.string_agg(pg_catalog.format('%%s on %%s', f.conname, f.conrelid::pg_catalog.regclass), ', ')
                into referring from pg_catalog.pg_constraint f where f.contype = 'f' and f.conindid = key.indexrelid;
                if referring is not null then
                  raise exception using errcode = '2BP01',
                    message = %1$s || referring,
                    hint = 'Run addTenantUnique for the same columns, then addTenantForeignKey for each of these foreign keys, first.';
                end if;
                if key.includes then
                  raise exception using errcode = '0A000',
                    message = %2$s,
                    hint = 'Replace it by hand, with the tenant in front.';
                end if;
                """.formatted(
                        Quoting.literal("Foreign keys refer to the key of " + table + " without the tenant: "),
                        Quoting.literal("The key of " + table + " has INCLUDE columns"));
    }

    /** Replaces {@code key} by one with the tenant in front, or takes an index of that shape that is there. */
    private static String rememberReplacement(TableName table, List<String> tenantAndColumns) {
        return """
                if key.conname is not null then
                  insert into boundary.undo_step (change_id, statement) values
                    (this_change, pg_catalog.format('alter table %%s add constraint %%I %%s', %1$s, key.conname, key.definition)),
                    (this_change, pg_catalog.format('alter table %%s drop constraint %%I', %1$s, key.conname));
                elsif key.indexrelid is not null then
                  insert into boundary.undo_step (change_id, statement) values
                    (this_change, key.index_definition),
                    (this_change, pg_catalog.format('drop index %%I.%%I', key.index_schema, key.index_name));
                end if;
                insert into boundary.undo_step (change_id, statement)
                select this_change, u.index_definition from (%2$s) u
                where u.columns = %3$s and u.conname is null and key.conname is not null
                order by u.indexrelid limit 1;
                """.formatted(Quoting.literal(table.quoted()), uniqueKeys("rel"), tenantList(tenantAndColumns));
    }

    private static String tenantList(List<String> tenantAndColumns) {
        return tenantAndColumns.size() == 1
                ? "(array[" + Quoting.literal(tenantAndColumns.get(0))
                        + "]::pg_catalog.text[] operator(pg_catalog.||) key.columns)"
                : Quoting.textArray(tenantAndColumns);
    }

    private static String replace(TableName table, String tenantColumn, String type) {
        return """
                columns := (select pg_catalog.string_agg(pg_catalog.quote_ident(c), ', ')
                  from pg_catalog.unnest(array[%2$s]::pg_catalog.text[] operator(pg_catalog.||) key.columns) c);
                if key.conname is not null then
                  select u.index_name into ready from (%4$s) u
                  where u.columns = array[%2$s]::pg_catalog.text[] operator(pg_catalog.||) key.columns and u.conname is null
                    and (select relkind from pg_catalog.pg_class where oid = rel) = 'r'
                  order by u.indexrelid limit 1;
                  execute pg_catalog.format('alter table %%s drop constraint %%I, add constraint %%I %%s %%s%%s', %1$s,
                    key.conname, key.conname,
                    %3$s || case when key.definition like '%% NULLS NOT DISTINCT %%' and ready is null then ' nulls not distinct' else '' end,
                    case when ready is null then '(' || columns || ')' else 'using index ' || pg_catalog.quote_ident(ready) end,
                    case when key.condeferrable then ' deferrable' || case when key.condeferred then ' initially deferred' else '' end
                      else '' end);
                else
                  execute pg_catalog.format('drop index %%I.%%I', key.index_schema, key.index_name);
                  execute pg_catalog.format('create unique index %%I on %%s (%%s)%%s', key.index_name, %1$s, columns,
                    case when key.index_definition like '%%) NULLS NOT DISTINCT%%' then ' nulls not distinct' else '' end);
                end if;
                """.formatted(
                        Quoting.literal(table.quoted()),
                        Quoting.literal(tenantColumn),
                        Quoting.literal(type),
                        uniqueKeys("rel"));
    }

    private static String applyDeclarations(TableName table) {
        return "rel pg_catalog.regclass := " + Quoting.literal(table.quoted())
                + ";\nkey record;\ncolumns text;\nready text;\n";
    }

    static Part primaryKey(TableName table, String tenantColumn) {
        String find = findPrimaryKey(table, tenantColumn);
        return Part.of(
                nested(find + nobodyRefers(table)),
                nested(find + rememberReplacement(table, List.of(tenantColumn))),
                PlpgsqlBlock.of(applyDeclarations(table), find + replace(table, tenantColumn, "primary key")));
    }

    static Part unique(TableName table, String tenantColumn, List<String> columns, @Nullable String constraintName) {
        String wanted = Quoting.textArray(
                Stream.concat(Stream.of(tenantColumn), columns.stream()).toList());
        String find = findUnique(columns);
        String already = Guards.raise(
                "exists (select from (" + uniqueKeys("rel")
                        + ") u where u.conname is not null and not u.indisprimary and"
                        + " u.columns operator(pg_catalog.@>) " + wanted + " and u.columns operator(pg_catalog.<@) "
                        + wanted + ")",
                "Table " + table + " has a unique key on " + tenantColumn + ", " + String.join(", ", columns)
                        + " already",
                "Leave the change out.");
        String name = constraintName == null
                ? "pg_catalog.left("
                        + Quoting.literal(table.table() + "_" + tenantColumn + "_" + String.join("_", columns))
                        + ", 58) || '_key'"
                : Quoting.literal(constraintName);
        String remember = """
                if key.indexrelid is null then
                  insert into boundary.undo_step (change_id, statement) values
                    (this_change, pg_catalog.format('alter table %%s drop constraint %%I', %1$s, %2$s));
                  insert into boundary.undo_step (change_id, statement)
                  select this_change, u.index_definition from (%3$s) u
                  where u.columns = %4$s and u.conname is null order by u.indexrelid limit 1;
                else
                %5$send if;
                """.formatted(
                        Quoting.literal(table.quoted()),
                        name,
                        uniqueKeys("rel"),
                        wanted,
                        rememberReplacement(table, List.of(tenantColumn)).indent(2));
        String add = """
                if key.indexrelid is null then
                  select u.index_name into ready from (%1$s) u where u.columns = %2$s and u.conname is null
                    and (select relkind from pg_catalog.pg_class where oid = rel) = 'r' order by u.indexrelid limit 1;
                  execute pg_catalog.format('alter table %%s add constraint %%I unique %%s', %3$s, %4$s,
                    case when ready is null then %5$s else 'using index ' || pg_catalog.quote_ident(ready) end);
                else
                %6$send if;
                """.formatted(
                uniqueKeys("rel"),
                wanted,
                Quoting.literal(table.quoted()),
                name,
                Quoting.literal("(" + Quoting.identifier(tenantColumn) + ", " + Quoting.identifiers(columns) + ")"),
                replace(table, tenantColumn, "unique").indent(2));
        return Part.of(
                nested(already + find + nobodyRefers(table)),
                nested(find + remember),
                PlpgsqlBlock.of(applyDeclarations(table), find + add));
    }

    private static String nested(String code) {
        return "declare\n" + KEY_RECORD.indent(2) + "begin\n" + code.indent(2) + "end;\n";
    }
}
