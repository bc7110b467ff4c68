package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * What a change may touch, as lines that can be compared. What users make has an oid of 16384 or more.
 * Roles belong to the server, and other tests make some: whoever needs them asks for them apart.
 */
public final class Catalog {

    private static final List<String> QUERIES = List.of(
            "select 'table', n.nspname, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions::text,"
                    + " c.relowner::regrole from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                    + " where c.oid >= 16384 and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'"
                    + " and c.relname not like 'databasechangelog%'",
            "select 'policy', p.* from pg_policies p",
            "select 'column', attrelid::regclass, attname, attnotnull, attnum, format_type(atttypid, atttypmod),"
                    + " pg_get_expr(adbin, adrelid)"
                    + " from pg_attribute join pg_class c on c.oid = attrelid left join pg_attrdef on adrelid = attrelid and adnum = attnum"
                    + " where c.oid >= 16384 and attnum > 0 and not attisdropped and relnamespace::regnamespace::text not like 'pg\\_%'"
                    + " and relnamespace::regnamespace::text <> 'information_schema' and relname not like 'databasechangelog%'",
            "select 'constraint', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid) from pg_constraint"
                    + " where oid >= 16384 and connamespace::regnamespace::text not in ('pg_catalog', 'information_schema')"
                    + " and conrelid::regclass::text not like 'databasechangelog%'",
            "select 'index', p.* from pg_indexes p where schemaname not in ('pg_catalog', 'information_schema') and tablename not like"
                    + " 'databasechangelog%'",
            "select 'grant', c.oid::regclass, a.grantor::regrole, a.grantee::regrole, a.privilege_type, a.is_grantable"
                    + " from pg_class c cross join aclexplode(coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::\"char\","
                    + " c.relowner))) a where c.oid >= 16384 and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')"
                    + " and c.relkind <> 'i' and c.relname not like 'databasechangelog%'",
            "select 'column grant', attrelid::regclass, attname, a.grantee::regrole, a.privilege_type, a.is_grantable"
                    + " from pg_attribute cross join aclexplode(attacl) a where attrelid >= 16384",
            "select 'schema', nspname, nspowner::regrole, a.grantee::regrole, a.privilege_type, a.is_grantable from"
                    + " pg_namespace left join aclexplode(nspacl) a on true where nspname !~ '^pg_'",
            "select 'default privileges', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype,"
                    + " defaclacl::text from pg_default_acl",
            "select 'function', p.oid::regprocedure, pg_get_functiondef(p.oid), proacl::text from pg_proc p where"
                    + " p.oid >= 16384 and pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')",
            "select 'trigger', tgrelid::regclass, tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal",
            "select 'event trigger', evtname, evtevent, evtfoid::regprocedure from pg_event_trigger");

    private Catalog() {}

    /** Roles whose names begin alike. */
    public static List<String> roles(DataSource dataSource, String prefix) throws SQLException {
        return rows(
                dataSource,
                "select rolname, rolsuper, rolbypassrls, rolcanlogin from pg_roles where starts_with(rolname, "
                        + Quoting.literal(prefix) + ") order by rolname");
    }

    /** Every line, sorted. */
    public static List<String> of(DataSource dataSource) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            for (String query : QUERIES) {
                read(connection, query, lines);
            }
        }
        return lines.stream().sorted().toList();
    }

    /** The rows of a query, columns joined by a bar. */
    public static List<String> rows(DataSource dataSource, String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            read(connection, query, lines);
        }
        return lines;
    }

    private static void read(Connection connection, String query, List<String> lines) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    line.append(i == 1 ? "" : " | ").append(rows.getString(i));
                }
                lines.add(line.toString());
            }
        }
    }
}
