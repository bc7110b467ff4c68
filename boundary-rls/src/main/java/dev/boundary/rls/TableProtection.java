package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Compares a table with what the change that protected it made, and so finds what has drifted since. */
public final class TableProtection {

    private static final String RESULT = "boundary.findings";

    private TableProtection() {}

    /**
     * Lists what is missing from a table's protection. Policies are compared as PostgreSQL prints them with those that
     * Boundary would create now, which it does on a temporary table that is gone when this returns; nothing on the table
     * is locked or changed.
     *
     * @param connection a connection of the role that installed Boundary; its transaction, if any, goes on
     * @param table the table
     * @param roles the roles; the owner is not used
     * @return one sentence for each finding; empty if the table is protected
     * @throws SQLException if Boundary is not installed, or the catalog cannot be read
     */
    public static List<String> find(Connection connection, TableName table, RoleNames roles) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(check(table, roles));
        }
        try (PreparedStatement statement =
                        connection.prepareStatement("select pg_catalog.current_setting('" + RESULT + "')");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1).lines().toList();
        }
    }

    private static String check(TableName table, RoleNames roles) {
        String key = "schema_name = " + Quoting.literal(table.schema()) + " and table_name = "
                + Quoting.literal(table.table());
        return PlpgsqlBlock.of(
                """
                rel pg_catalog.regclass := pg_catalog.to_regclass(%s);
                entry record;
                found text[] := '{}';
                expected text[];
                """.formatted(Quoting.literal(table.quoted())),
                Guards.installed()
                        + "select * into entry from boundary.protected_table where " + key + ";\n"
                        + "if entry.table_name is null then\n  found := found || "
                        + Quoting.literal("Table " + table + " is not protected by Boundary")
                        + "::text;\nelsif rel is null then\n  found := found || "
                        + Quoting.literal("Table " + table + " is registered as protected and is not there")
                        + "::text;\nelse\n"
                        + (catalogChecks(roles) + policyChecks(table, roles)).indent(2)
                        + "end if;\nperform pg_catalog.set_config('" + RESULT
                        + "', pg_catalog.array_to_string(found, e'\\n'), false);\n");
    }

    private static String catalogChecks(RoleNames roles) {
        String app = Quoting.literal(roles.application());
        return """
                found := found || array(select x.finding from (
                  select 'Row-level security is off' as finding, not relrowsecurity as wrong from pg_catalog.pg_class where oid = rel
                  union all
                  select 'Row-level security is not forced, so the owner is not subject to it', not relforcerowsecurity
                  from pg_catalog.pg_class where oid = rel
                  union all
                  select pg_catalog.format('Role %%s may %%s, to which no policy applies', %1$s::text, p),
                    pg_catalog.has_table_privilege(%1$s, rel, p)
                  from pg_catalog.unnest(array['TRUNCATE', 'TRIGGER', 'REFERENCES']
                    || case when pg_catalog.current_setting('server_version_num')::int >= 170000 then array['MAINTAIN'] else array[]::text[] end) p
                  union all
                  select pg_catalog.format('Role %%s may update the tenant column', %1$s::text), pg_catalog.has_column_privilege(%1$s, rel, attnum, 'UPDATE')
                  from pg_catalog.pg_attribute where attrelid = rel and attname = entry.tenant_column
                  union all
                  select pg_catalog.format('Column %%s may be null', attname), not attnotnull
                  from pg_catalog.pg_attribute where attrelid = rel and entry.classification <> 'MIXED'
                    and attname = any (coalesce(entry.child_columns, array[entry.tenant_column]))
                  union all
                  select pg_catalog.format('Column %%s is gone', c), not exists (
                    select from pg_catalog.pg_attribute where attrelid = rel and attname = c and not attisdropped)
                  from pg_catalog.unnest(coalesce(entry.child_columns, array[entry.tenant_column])) c
                  union all
                  select 'The tenant column does not default to the current tenant', not exists (
                    select from pg_catalog.pg_attrdef d join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
                    where d.adrelid = rel and a.attname = entry.tenant_column
                      and pg_catalog.pg_get_expr(d.adbin, d.adrelid) = 'boundary.current_tenant_id()')
                  where entry.tenant_column is not null
                  union all
                  select 'No index is led by the tenant', not exists (
                    select from pg_catalog.pg_index i where i.indrelid = rel and i.indisvalid and i.indpred is null
                      and (i.indkey::int2[])[0:pg_catalog.cardinality(coalesce(entry.child_columns, array[entry.tenant_column])) - 1]
                        operator(pg_catalog.@>) array(select a.attnum from pg_catalog.pg_attribute a where a.attrelid = rel
                          and a.attname = any (coalesce(entry.child_columns, array[entry.tenant_column]))))
                  union all
                  select pg_catalog.format('Row-level security is off or not forced on partition %%s', t.relid), not (c.relrowsecurity and c.relforcerowsecurity)
                  from pg_catalog.pg_partition_tree(rel) t join pg_catalog.pg_class c on c.oid = t.relid where t.relid <> rel
                ) x where x.wrong);
                """.formatted(app);
    }

    /** The inner block ends in an error on purpose: that takes the temporary table away again. */
    private static String policyChecks(TableName table, RoleNames roles) {
        String temporary = "pg_temp." + Quoting.identifier(table.table());
        return """
                begin
                  create temporary table %1$s (like %2$s);
                %3$s  execute %4$s;
                  expected := found || array(
                    select case when a.polname is null then pg_catalog.format('Policy %%s is missing', e.polname)
                      else pg_catalog.format('Policy %%s is not what Boundary would create: using (%%s) with check (%%s)', a.polname, a.using_text, a.check_text) end
                    from (%5$s) e left join (%6$s) a on a.polname = e.polname
                    where (a.polpermissive, a.polcmd, a.polroles, a.using_text, a.check_text)
                      is distinct from (e.polpermissive, e.polcmd, e.polroles, e.using_text, e.check_text)
                    order by e.polname);
                  raise exception using errcode = 'BND01';
                exception
                  when sqlstate 'BND01' then
                    found := expected;
                  when undefined_column or undefined_table then
                    found := found || array['The policies cannot be made anew: ' || sqlerrm];
                end;
                """.formatted(
                        temporary,
                        table.quoted(),
                        Policies.createTenantPolicies(table, temporary, roles.application())
                                .indent(2),
                        Quoting.literal(Policies.createAdminPolicy(temporary, roles.admin())),
                        policiesOf("pg_catalog.to_regclass(" + Quoting.literal(temporary) + ")"),
                        policiesOf("rel"));
    }

    private static String policiesOf(String table) {
        return "select polname, polpermissive, polcmd, polroles, pg_catalog.pg_get_expr(polqual, polrelid) as using_text,"
                + " pg_catalog.pg_get_expr(polwithcheck, polrelid) as check_text from pg_catalog.pg_policy where polrelid"
                + " = " + table;
    }
}
