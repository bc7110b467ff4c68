package dev.boundary.jooq.internal.startup;

import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TenantSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Name;
import org.jooq.SQLDialect;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableOptions.TableType;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Checks whether every table with tenants' rows is protected for the connected role. */
final class TableProtectionCheck {

    // For each command the role needs a restrictive policy (the floor): permissive ones alone can be widened by one
    // more. polroles holds 0 for PUBLIC.
    private static final String PROTECTION = """
            select c.oid is not null, c.relrowsecurity, c.relforcerowsecurity,
              (select pg_catalog.string_agg(command.name, ', ' order by command.name)
               from (values ('r', 'SELECT'), ('a', 'INSERT'), ('w', 'UPDATE'), ('d', 'DELETE')) command (code, name)
               where not exists (
                 select from pg_catalog.pg_policy p
                 where p.polrelid = c.oid and not p.polpermissive and p.polcmd::text in ('*', command.code)
                   and exists (select from pg_catalog.unnest(p.polroles) r
                               where r = 0 or pg_catalog.pg_has_role(r, 'USAGE'))))
            from (select pg_catalog.to_regclass(?) as oid) t
            left join pg_catalog.pg_class c on c.oid = t.oid
            """;

    // A view is as safe as the tables below it, if it reads them with the rights of whoever queries it.
    private static final String VIEW = """
            with recursive below (oid) as (
              select pg_catalog.to_regclass(?)::oid
              union
              select d.refobjid from below b
              join pg_catalog.pg_rewrite w on w.ev_class = b.oid
              join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and d.objid = w.oid
                and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> b.oid)
            select
              coalesce(bool_or(c.relkind = 'v' and not exists (
                select from pg_catalog.unnest(c.reloptions) option
                where option ~* '^security_invoker=(on|true|yes|1)$')), true),
              coalesce(bool_or(c.relrowsecurity and c.relforcerowsecurity), false)
            from below b join pg_catalog.pg_class c on c.oid = b.oid
            """;

    private static final String IS_VIEW =
            "select relkind = 'v' from pg_catalog.pg_class where oid = pg_catalog.to_regclass(?)";

    private static final String DEFINER_FUNCTION = """
            select pg_catalog.count(*), pg_catalog.bool_or(p.prosecdef)
            from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
            where p.proname = ? and coalesce(n.nspname = ?, pg_catalog.pg_function_is_visible(p.oid))
            """;

    private final Connection connection;
    private final boolean namesOnly;
    private final List<String> findings = new ArrayList<>();

    private TableProtectionCheck(Connection connection, boolean namesOnly) {
        this.connection = connection;
        this.namesOnly = namesOnly;
    }

    /** The findings for the tables as the connection's search path finds them, or as they are declared. */
    static List<String> find(Connection connection, TenantSchema schema, boolean namesOnly) throws SQLException {
        TableProtectionCheck check = new TableProtectionCheck(connection, namesOnly);
        for (ClassifiedTable table : schema.tables()) {
            if (table.classification().hasTenantRows()) {
                check.check(table);
            }
        }
        return check.findings;
    }

    private void check(ClassifiedTable table) throws SQLException {
        Name declared = namesOnly ? table.table().getUnqualifiedName() : table.name();
        String name = DSL.using(SQLDialect.POSTGRES).render(declared);
        if (table.table().getOptions().type() == TableType.FUNCTION) {
            checkFunction(name, table.table());
        } else if (isView(name)) {
            checkView(name);
        } else {
            checkTable(name);
        }
    }

    private boolean isView(String name) throws SQLException {
        try (PreparedStatement statement = prepare(IS_VIEW, name);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private void checkTable(String name) throws SQLException {
        try (PreparedStatement statement = prepare(PROTECTION, name);
                ResultSet row = statement.executeQuery()) {
            row.next();
            checkTable(name, row);
        }
    }

    private void checkView(String view) throws SQLException {
        try (PreparedStatement statement = prepare(VIEW, view);
                ResultSet row = statement.executeQuery()) {
            row.next();
            if (row.getBoolean(1)) {
                findings.add("View " + view + ", or a view that it reads, is not a security_invoker view, so it shows"
                        + " what its owner sees. Protect it with the change protectView (PostgreSQL 15 and later).");
            }
            if (!row.getBoolean(2)) {
                findings.add("View " + view + " has tenants' rows by declaration and reads no table with row-level"
                        + " security. Protect its tables, or declare the view global(...) or exempt(...).");
            }
        }
    }

    private void checkFunction(String name, Table<?> function) throws SQLException {
        Schema schema = namesOnly ? null : function.getSchema();
        try (PreparedStatement statement =
                        prepare(DEFINER_FUNCTION, function.getName(), schema == null ? null : schema.getName());
                ResultSet row = statement.executeQuery()) {
            row.next();
            if (row.getInt(1) == 0) {
                findings.add("Function " + name + " has tenants' rows by declaration, and the database has no such"
                        + " function. Run the migrations, or correct the declaration or the search_path.");
            } else if (row.getBoolean(2)) {
                findings.add("Function " + name + " is SECURITY DEFINER, so it shows what its owner sees. Run: ALTER"
                        + " FUNCTION " + name + " SECURITY INVOKER");
            }
        }
    }

    private PreparedStatement prepare(String sql, @Nullable String... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        return statement;
    }

    private void checkTable(String table, ResultSet row) throws SQLException {
        if (!row.getBoolean(1)) {
            findings.add("Table " + table + " has tenants' rows by declaration, and the database has no such table."
                    + " Run the migrations, or correct the declaration or the search_path.");
        } else if (!row.getBoolean(2)) {
            findings.add("Row-level security is not enabled on table " + table
                    + ". Protect it with the change protectTenantTable, protectChildTable or protectMixedTable.");
        } else {
            checkPolicies(table, row.getBoolean(3), row.getString(4));
        }
    }

    private void checkPolicies(String table, boolean forced, @Nullable String unprotectedCommands) {
        if (!forced) {
            findings.add("Row-level security on table " + table + " is not forced, so its owner sees every row. Run:"
                    + " ALTER TABLE " + table + " FORCE ROW LEVEL SECURITY");
        }
        if (unprotectedCommands != null) {
            findings.add("Table " + table + " has no restrictive policy for this role on " + unprotectedCommands
                    + ", so one careless permissive policy opens it. Protect it with the change protectTenantTable,"
                    + " protectChildTable or protectMixedTable.");
        }
    }
}
