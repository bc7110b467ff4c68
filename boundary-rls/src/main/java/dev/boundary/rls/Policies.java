package dev.boundary.rls;

import dev.boundary.rls.internal.catalog.PolicyName;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The policies of a protected table, and the register of protected tables that they are made from. */
final class Policies {

    private Policies() {}

    static Part register(TableName table, String classification, String tenantColumn) {
        return Part.of(
                Guards.unprotected(table),
                "",
                "insert into boundary.protected_table (schema_name, table_name, classification, tenant_column) values ("
                        + Quoting.literal(table.schema()) + ", " + Quoting.literal(table.table()) + ", "
                        + Quoting.literal(classification) + ", " + Quoting.literal(tenantColumn) + ")");
    }

    /** Last of the parts, so undone first: an event trigger leaves alone what is not on the register. */
    static Part unregister(TableName table) {
        return Part.of(
                "",
                Undo.step("delete from boundary.protected_table where schema_name = " + Quoting.literal(table.schema())
                        + " and table_name = " + Quoting.literal(table.table())));
    }

    /** Finds the foreign key on the given columns, and with it the parent, which must be protected. */
    static Part registerChild(TableName table, List<String> foreignKeyColumns) {
        String schema = Quoting.literal(table.schema());
        String name = Quoting.literal(table.table());
        String columns = String.join(", ", foreignKeyColumns);
        String foreignKey = """
                select k.conrelid, k.confrelid, n.nspname as parent_schema, p.relname as parent_table,
                  array(select a.attname::text from pg_catalog.unnest(k.conkey) with ordinality as c(number, position)
                    join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.number
                    order by c.position) as child_columns,
                  array(select a.attname::text from pg_catalog.unnest(k.confkey) with ordinality as c(number, position)
                    join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = c.number
                    order by c.position) as parent_columns
                from pg_catalog.pg_constraint k join pg_catalog.pg_class p on p.oid = k.confrelid
                join pg_catalog.pg_namespace n on n.oid = p.relnamespace
                where k.contype = 'f' and k.conparentid = 0 and k.conrelid = %1$s::pg_catalog.regclass and k.confrelid <> k.conrelid""".formatted(Quoting.literal(table.quoted()));
        String matching = "from (" + foreignKey + ") k where k.child_columns operator(pg_catalog.@>) "
                + Quoting.textArray(foreignKeyColumns) + " and k.child_columns operator(pg_catalog.<@) "
                + Quoting.textArray(foreignKeyColumns);
        String check = Guards.unprotected(table)
                + Guards.raise(
                        "(select pg_catalog.count(*) " + matching + ") <> 1",
                        "Table " + table + " has not exactly one foreign key on (" + columns + ") to another table",
                        "A child reaches its tenant through one foreign key; add it, or name its columns in"
                                + " foreignKeyColumns.")
                + Guards.raise(
                        "not exists (select " + matching + " and (k.parent_schema, k.parent_table) in (select"
                                + " schema_name, table_name from boundary.protected_table))",
                        "The table that " + table + " refers to by (" + columns + ") is not protected",
                        "Protect the parent before its children.");
        return Part.of(
                check,
                "",
                PlpgsqlBlock.of(
                        "",
                        "insert into boundary.protected_table (schema_name, table_name, classification, child_columns,"
                                + " parent_schema, parent_table, parent_columns)\nselect " + schema + ", " + name
                                + ", 'CHILD', k.child_columns, k.parent_schema, k.parent_table, k.parent_columns\n"
                                + matching + ";\n"));
    }

    /** A PL/pgSQL block that creates them on {@code target}, as the register says for {@code table}. */
    static String createTenantPolicies(TableName table, String target, String application) {
        return """
                declare
                  tenant_key text := (
                    select case predicate when 'pinned' then '(select boundary.current_tenant_id())'
                      else 'boundary.current_tenant_id()' end from boundary.installation);
                  node record;
                  row_name text := %9$s;
                  level int := 0;
                  opening text := '';
                  closing text := '';
                  readable text;
                  writable text;
                begin
                  select * into strict node from boundary.protected_table where schema_name = %1$s and table_name = %2$s;
                  while node.classification = 'CHILD' loop
                    level := level + 1;
                    opening := opening || pg_catalog.format('exists (select 1 from %%I.%%I as boundary_parent_%%s where %%s and ',
                      node.parent_schema, node.parent_table, level,
                      (select pg_catalog.string_agg(pg_catalog.format('boundary_parent_%%s.%%I %%s %%s.%%I', level, k.parent,
                         -- The equality of the foreign key, which for a type of an extension is not the catalog's.
                         coalesce((select pg_catalog.format('operator(%%I.%%s)', s.nspname, o.oprname)
                           from pg_catalog.pg_constraint f cross join unnest(f.conkey, f.confkey, f.conpfeqop) as u(child, parent, equal)
                           join pg_catalog.pg_attribute c on c.attrelid = f.conrelid and c.attnum = u.child and c.attname = k.child
                           join pg_catalog.pg_attribute p on p.attrelid = f.confrelid and p.attnum = u.parent and p.attname = k.parent
                           join pg_catalog.pg_operator o on o.oid = u.equal join pg_catalog.pg_namespace s on s.oid = o.oprnamespace
                           where f.contype = 'f' and f.conparentid = 0
                             and f.conrelid = pg_catalog.to_regclass(pg_catalog.format('%%I.%%I', node.schema_name, node.table_name))
                             and f.confrelid = pg_catalog.to_regclass(pg_catalog.format('%%I.%%I', node.parent_schema, node.parent_table))
                           limit 1), '='), row_name, k.child), ' and ')
                       from unnest(node.parent_columns, node.child_columns) as k(parent, child)));
                    closing := closing || ')';
                    row_name := 'boundary_parent_' || level;
                    select * into strict node from boundary.protected_table
                    where schema_name = node.parent_schema and table_name = node.parent_table;
                  end loop;
                  writable := opening || pg_catalog.format('%%s.%%I = %%s', row_name, node.tenant_column, tenant_key) || closing;
                  readable := writable;
                  if node.classification = 'MIXED' then
                    readable := opening || pg_catalog.format('(%%1$s.%%2$I is null or %%1$s.%%2$I = %%3$s)', row_name, node.tenant_column, tenant_key)
                      || closing;
                  end if;
                  execute pg_catalog.format('create policy %3$s on %%s as permissive for all to %%s using (%%s) with check (%%s)',
                    %7$s, %8$s, readable, writable);
                  execute pg_catalog.format('create policy %4$s on %%s as restrictive for all to %%s using (%%s) with check (%%s)',
                    %7$s, %8$s, readable, writable);
                  if readable <> writable then
                    execute pg_catalog.format('create policy %5$s on %%s as restrictive for update to %%s using (%%s) with check (%%s)',
                      %7$s, %8$s, writable, writable);
                    execute pg_catalog.format('create policy %6$s on %%s as restrictive for delete to %%s using (%%s)',
                      %7$s, %8$s, writable);
                  end if;
                end;
                """.formatted(
                        Quoting.literal(table.schema()),
                        Quoting.literal(table.table()),
                        PolicyName.TENANT.sqlName(),
                        PolicyName.FLOOR.sqlName(),
                        PolicyName.FLOOR_UPDATE.sqlName(),
                        PolicyName.FLOOR_DELETE.sqlName(),
                        Quoting.literal(target),
                        Quoting.literal(Quoting.identifier(application)),
                        Quoting.literal(Quoting.identifier(table.table())));
    }

    /** The permissive policy and the restrictive floor, built from the register. */
    static Part tenantPolicies(TableName table, String application) {
        String apply = PlpgsqlBlock.of("", createTenantPolicies(table, table.quoted(), application));
        return Part.of(absent(table, PolicyName.ofApplication()), drop(table, PolicyName.ofApplication()), apply);
    }

    /** The policy of unscoped work. A role, not a session variable: any SQL could set that. */
    static Part adminPolicy(TableName table, String admin) {
        return Part.of(
                absent(table, List.of(PolicyName.ADMIN.sqlName())),
                drop(table, List.of(PolicyName.ADMIN.sqlName())),
                createAdminPolicy(table.quoted(), admin));
    }

    /** Drops the permissive policy and the floor, and takes the table off the register. */
    static Part dropTenantPolicies(TableName table) {
        String key = "schema_name = " + Quoting.literal(table.schema()) + " and table_name = "
                + Quoting.literal(table.table());
        String check = Guards.raise(
                        "not exists (select from boundary.protected_table where " + key + ")",
                        "Table " + table + " has no tenant policies of Boundary's",
                        "boundary.protected_table lists the tables that have.")
                + Guards.raise(
                        "exists (select from boundary.protected_table where parent_schema = "
                                + Quoting.literal(table.schema()) + " and parent_table = "
                                + Quoting.literal(table.table())
                                + ")",
                        "Table " + table + " has protected children, whose policies reach their tenant through it",
                        "Drop the children's policies first.");
        String register = """
                insert into boundary.undo_step (change_id, statement)
                select this_change, pg_catalog.format('insert into boundary.protected_table values (%%L, %%L, %%L, %%L, %%L, %%L, %%L, %%L)',
                  schema_name, table_name, classification, tenant_column, child_columns, parent_schema, parent_table, parent_columns)
                from boundary.protected_table where %s;
                """.formatted(key);
        List<String> apply = Stream.concat(
                        PolicyName.ofApplication().stream()
                                .map(policy -> "drop policy if exists " + policy + " on " + table.quoted()),
                        Stream.of(PlpgsqlBlock.of("", "delete from boundary.protected_table where " + key + ";\n")))
                .toList();
        return new Part(check, rememberPolicies(PolicyName.ofApplication()) + register, apply);
    }

    /** Drops the policy of unscoped work. */
    static Part dropAdminPolicy(TableName table) {
        String check = Guards.raise(
                "not exists (select from pg_catalog.pg_policy where polrelid = rel and polname = "
                        + Quoting.literal(PolicyName.ADMIN.sqlName()) + ")",
                "Table " + table + " has no policy " + PolicyName.ADMIN,
                "It was dropped already, or never made.");
        return Part.of(
                check,
                rememberPolicies(List.of(PolicyName.ADMIN.sqlName())),
                "drop policy " + PolicyName.ADMIN + " on " + table.quoted());
    }

    private static String rememberPolicies(List<String> policies) {
        return """
                insert into boundary.undo_step (change_id, statement)
                select this_change, pg_catalog.format('create policy %%I on %%I.%%I as %%s for %%s to %%s%%s%%s', p.policyname,
                  p.schemaname, p.tablename, p.permissive, p.cmd,
                  (select pg_catalog.string_agg(case when r = 'public' then 'public' else pg_catalog.quote_ident(r) end, ', ')
                   from pg_catalog.unnest(p.roles) as r),
                  ' using (' || p.qual || ')', ' with check (' || p.with_check || ')')
                from pg_catalog.pg_policies p
                join pg_catalog.pg_class c on c.oid = rel and c.relname = p.tablename
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname = p.schemaname
                where p.policyname = any (%s);
                """.formatted(Quoting.textArray(policies));
    }

    static String createAdminPolicy(String target, String admin) {
        return "create policy " + PolicyName.ADMIN + " on " + target + " as permissive for all to "
                + Quoting.identifier(admin) + " using (true) with check (true)";
    }

    private static String absent(TableName table, List<String> policies) {
        return Guards.raise(
                "exists (select from pg_catalog.pg_policy where polrelid = rel and polname = any ("
                        + Quoting.textArray(policies) + "))",
                "Table " + table + " already has a policy with one of the names " + String.join(", ", policies),
                "Drop or rename it: Boundary replaces no policy that it did not make.");
    }

    private static String drop(TableName table, List<String> policies) {
        return policies.stream()
                .map(policy -> Undo.step("drop policy if exists " + policy + " on " + table.quoted()))
                .collect(Collectors.joining());
    }
}
