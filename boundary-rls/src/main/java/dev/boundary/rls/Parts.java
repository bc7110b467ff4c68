package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What protecting a table consists of. The PL/pgSQL needs {@code rel regclass} and {@code this_change bigint}. */
final class Parts {

    private Parts() {}

    /** Row-level security, for the owner too. */
    static Part rowSecurity(TableName table, boolean enabled) {
        String alter = "alter table " + table.quoted();
        return Part.of(
                "",
                REMEMBER_ROW_SECURITY,
                enabled
                        ? alter + " enable row level security, force row level security"
                        : alter + " disable row level security, no force row level security");
    }

    /** The search path is pg_catalog alone when this runs, so {@code rel} prints with its schema. */
    static final String REMEMBER_ROW_SECURITY = """
            insert into boundary.undo_step (change_id, statement)
            select this_change, pg_catalog.format('alter table %s %s row level security, %s row level security',
              rel, case when relrowsecurity then 'enable' else 'disable' end,
              case when relforcerowsecurity then 'force' else 'no force' end)
            from pg_catalog.pg_class where oid = rel;
            """;

    /** A column default that fills in the tenant for SQL that does not name it. */
    static Part tenantDefault(TableName table, String column) {
        String prefix = "alter table only " + table.quoted() + " alter column " + Quoting.identifier(column);
        String remember = """
                insert into boundary.undo_step (change_id, statement)
                select this_change, %1$s || coalesce(
                  (select ' set default ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) from pg_catalog.pg_attrdef d
                   where d.adrelid = a.attrelid and d.adnum = a.attnum), ' drop default')
                from pg_catalog.pg_attribute a where a.attrelid = rel and a.attname = %2$s;
                """.formatted(Quoting.literal(prefix), Quoting.literal(column));
        String generated = Guards.raise(
                "exists (select from pg_catalog.pg_attribute where attrelid = rel and attname = "
                        + Quoting.literal(column) + " and (attgenerated <> '' or attidentity <> ''))",
                "Column \"" + column + "\" of " + table + " is generated, so it cannot take the tenant as its default",
                "Let the tenant column be an ordinary column.");
        return Part.of(generated, remember, prefix + " set default boundary.current_tenant_id()");
    }

    static Part notNull(TableName table, List<String> columns) {
        String prefix = "alter table " + table.quoted() + " ";
        String remember = """
                insert into boundary.undo_step (change_id, statement)
                select this_change, pg_catalog.format('alter table %%s alter column %%I drop not null', %1$s, attname)
                from pg_catalog.pg_attribute where attrelid = rel and attname = any (%2$s) and not attnotnull;
                """.formatted(Quoting.literal(table.quoted()), Quoting.textArray(columns));
        return Part.of(
                "",
                remember,
                prefix
                        + columns.stream()
                                .map(column -> "alter column " + Quoting.identifier(column) + " set not null")
                                .collect(Collectors.joining(", ")));
    }

    /** An index led by the columns, unless there is one. It is built with a lock; the guide shows the online way. */
    static Part index(String change, TableName table, List<String> columns) {
        String apply = PlpgsqlBlock.of(
                """
                rel pg_catalog.regclass := %s;
                this_change bigint := (select max(id) from boundary.applied_change where change = %s and object = %s);
                before pg_catalog.oid[] := array(select indexrelid from pg_catalog.pg_index where indrelid = rel);
                partition_indexes pg_catalog.oid[] := array(
                  select i.indexrelid from pg_catalog.pg_partition_tree(rel) t join pg_catalog.pg_index i on i.indrelid = t.relid
                  where t.relid <> rel order by i.indexrelid);
                partition_definitions text[] := array(
                  select pg_catalog.pg_get_indexdef(i) from pg_catalog.unnest(partition_indexes) i order by i);
                attached pg_catalog.oid[] := array(select inhrelid from pg_catalog.pg_inherits where inhrelid = any (partition_indexes));
                wanted int2[];
                """.formatted(
                        Quoting.literal(table.quoted()), Quoting.literal(change), Quoting.literal(table.toString())),
                """
                select pg_catalog.array_agg(a.attnum order by k.position) into wanted
                from pg_catalog.unnest(%1$s) with ordinality as k(name, position)
                join pg_catalog.pg_attribute a on a.attrelid = rel and a.attname = k.name;
                if not exists (
                    select from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
                    join pg_catalog.pg_am m on m.oid = c.relam
                    where i.indrelid = rel and i.indisvalid and i.indpred is null and m.amname = 'btree'
                      and (i.indkey::int2[])[0:%2$s - 1] operator(pg_catalog.@>) wanted) then
                  create index on %3$s (%4$s);
                  -- An index that a partition had is attached to the new one, and would be dropped with it.
                  insert into boundary.undo_step (change_id, statement)
                  select this_change, definition from unnest(partition_indexes, partition_definitions) as b(index, definition)
                  where exists (select from pg_catalog.pg_inherits where inhrelid = b.index and inhrelid <> all (attached));
                  insert into boundary.undo_step (change_id, statement)
                  select this_change, pg_catalog.format('drop index %%I.%%I', n.nspname, c.relname)
                  from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
                  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                  where i.indrelid = rel and i.indexrelid <> all (before);
                end if;
                """.formatted(
                        Quoting.textArray(columns), columns.size(), table.quoted(), Quoting.identifiers(columns)));
        return Part.of("", "", apply);
    }

    /** Remembers what PUBLIC and the roles may do on the table and on the sequences of its columns. */
    static String rememberGrants(List<String> roles) {
        return """
                insert into boundary.undo_step (change_id, statement)
                select this_change, pg_catalog.format('grant %%s on table %%s to %%s%%s',
                  pg_catalog.string_agg(a.privilege_type, ', ' order by a.privilege_type), rel,
                  coalesce(pg_catalog.quote_ident(r.rolname), 'public'),
                  case when a.is_grantable then ' with grant option' else '' end)
                from pg_catalog.pg_class c cross join pg_catalog.aclexplode(c.relacl) a
                left join pg_catalog.pg_roles r on r.oid = a.grantee
                where c.oid = rel and a.grantor = c.relowner and (a.grantee = 0 or r.rolname = any (%1$s))
                group by r.rolname, a.is_grantable;
                insert into boundary.undo_step (change_id, statement)
                select this_change, pg_catalog.format('grant %%s (%%I) on table %%s to %%s%%s',
                  a.privilege_type, t.attname, rel, coalesce(pg_catalog.quote_ident(r.rolname), 'public'),
                  case when a.is_grantable then ' with grant option' else '' end)
                from pg_catalog.pg_class c join pg_catalog.pg_attribute t on t.attrelid = c.oid
                cross join pg_catalog.aclexplode(t.attacl) a
                left join pg_catalog.pg_roles r on r.oid = a.grantee
                where c.oid = rel and a.grantor = c.relowner and (a.grantee = 0 or r.rolname = any (%1$s));
                insert into boundary.undo_step (change_id, statement)
                select this_change, pg_catalog.format('grant %%s on sequence %%s to %%s%%s',
                  pg_catalog.string_agg(a.privilege_type, ', ' order by a.privilege_type), s.name, coalesce(pg_catalog.quote_ident(r.rolname), 'public'),
                  case when a.is_grantable then ' with grant option' else '' end)
                from (%2$s) s join pg_catalog.pg_class c on c.oid = s.oid cross join pg_catalog.aclexplode(c.relacl) a
                left join pg_catalog.pg_roles r on r.oid = a.grantee
                where a.grantor = c.relowner and (a.grantee = 0 or r.rolname = any (%1$s))
                group by s.name, r.rolname, a.is_grantable;
                insert into boundary.undo_step (change_id, statement)
                select this_change, pg_catalog.format('revoke all on sequence %%s from public, %%s', s.name, %3$s)
                from (%2$s) s;
                """.formatted(Quoting.textArray(roles), OWNED_SEQUENCES, Quoting.literal(Quoting.identifiers(roles)))
                + """
                insert into boundary.undo_step (change_id, statement)
                values (this_change, pg_catalog.format('revoke all on table %%s from public, %%s', rel, %s));
                """.formatted(Quoting.literal(Quoting.identifiers(roles)));
    }

    /** Sequences behind serial and identity columns. Inserting needs no grant on the latter, taking keys beforehand does. */
    private static final String OWNED_SEQUENCES = """
            select c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) as name from pg_catalog.pg_depend d
            join pg_catalog.pg_class c on c.oid = d.objid and c.relkind = 'S'
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where d.refobjid = rel and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
              and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.deptype in ('a', 'i')""";

    /**
     * Grants to the application role what is asked for, UPDATE on every column but the fixed ones, to the admin role all
     * row access, and to PUBLIC nothing. Nobody gets TRUNCATE, REFERENCES, TRIGGER or MAINTAIN: policies do not cover
     * them.
     */
    static Part grants(TableName table, Set<TablePrivilege> privileges, List<String> fixedColumns, RoleNames roles) {
        String app = Quoting.identifier(roles.application());
        String admin = Quoting.identifier(roles.admin());
        String whole = TablePrivilege.sql(privileges.stream()
                .filter(privilege -> privilege != TablePrivilege.UPDATE || fixedColumns.isEmpty())
                .collect(Collectors.toSet()));
        String columns = privileges.contains(TablePrivilege.UPDATE) && !fixedColumns.isEmpty()
                ? """
                if updatable is not null then
                  execute pg_catalog.format('grant update (%%s) on table %%s to %%s', updatable, %1$s, %2$s);
                end if;
                """.formatted(Quoting.literal(table.quoted()), Quoting.literal(app))
                : "";
        String sequences = privileges.contains(TablePrivilege.INSERT)
                ? """
                for owned in %s loop
                  execute pg_catalog.format('grant usage on sequence %%s to %%s, %%s', owned.name, %s, %s);
                end loop;
                """.formatted(OWNED_SEQUENCES, Quoting.literal(app), Quoting.literal(admin))
                : "";
        String dynamic = PlpgsqlBlock.of(
                """
                rel pg_catalog.regclass := %s;
                owned record;
                updatable text := (
                  select pg_catalog.string_agg(pg_catalog.quote_ident(attname), ', ' order by attnum)
                  from pg_catalog.pg_attribute
                  where attrelid = rel and attnum > 0 and not attisdropped and attname <> all (%s));
                """.formatted(Quoting.literal(table.quoted()), Quoting.textArray(fixedColumns)),
                """
                for owned in %s loop
                  execute pg_catalog.format('revoke all on sequence %%s from public, %%s, %%s', owned.name, %s, %s);
                end loop;
                """.formatted(OWNED_SEQUENCES, Quoting.literal(app), Quoting.literal(admin)) + columns + sequences);
        List<String> revoke = List.of("revoke all on table " + table.quoted() + " from public, " + app + ", " + admin);
        List<String> grant =
                whole.isEmpty() ? List.of() : List.of("grant " + whole + " on table " + table.quoted() + " to " + app);
        List<String> rest = List.of(
                "grant " + TablePrivilege.sql(TablePrivilege.ALL) + " on table " + table.quoted() + " to " + admin,
                dynamic);
        return new Part(
                "",
                rememberGrants(List.of(roles.application(), roles.admin())),
                List.of(revoke, grant, rest).stream().flatMap(List::stream).toList());
    }
}
