package dev.boundary.tenants.internal.tables;

import dev.boundary.rls.internal.catalog.RoleBypass;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.TenantDataException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the connected role may do with the tables of tenants. Without these checks a role with too little sees nothing,
 * and an export would be empty without a word; one with too much would see every tenant's rows.
 */
public final class Access {

    /** What is going to be done with the rows. */
    public enum Purpose {
        /** Read them. */
        READ("SELECT"),
        /** Add some. */
        INSERT("INSERT"),
        /** Delete them. */
        DELETE("DELETE");

        private final String privilege;

        Purpose(String privilege) {
            this.privilege = privilege;
        }
    }

    private static final String APPLIES = "exists (select from pg_catalog.pg_policy p where p.polrelid = t.oid"
            + " and p.polname = %s and (0 = any (p.polroles) or exists (select from pg_catalog.unnest(p.polroles) r"
            + " where r <> 0 and pg_catalog.pg_has_role(current_user, r, 'USAGE'))))";

    private static final String POLICIES = "select pg_catalog.row_security_active(t.oid), "
            + APPLIES.formatted("'boundary_tenant'") + ", " + APPLIES.formatted("'boundary_floor'") + ", "
            + APPLIES.formatted("'boundary_admin'") + ", current_user::text"
            + " from pg_catalog.pg_class t where t.oid = ?::pg_catalog.oid";

    private static final String PRIVILEGES = """
            select pg_catalog.has_schema_privilege(c.relnamespace, 'USAGE'),
              pg_catalog.has_table_privilege(c.oid, ?) or ? <> 'DELETE' and not exists (
                select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                  and a.attgenerated = '' and not pg_catalog.has_column_privilege(c.oid, a.attnum,
                    case ? when 'DELETE' then 'SELECT' else ? end)),
              current_user::text
            from pg_catalog.pg_class c where c.oid = ?::pg_catalog.oid""";

    private Access() {}

    /**
     * Checks that the role is subject to the policies of tenants and has the privileges.
     *
     * @param connection a connection of the role
     * @param tables the tables
     * @param purposes what is going to be done
     * @throws SQLException if the catalog cannot be read
     * @throws TenantDataException if not; it lists everything that is wrong
     */
    public static void requireApplication(Connection connection, TenantTables tables, Purpose... purposes)
            throws SQLException {
        List<String> findings = new ArrayList<>(RoleBypass.find(connection));
        for (TenantTable table : tables.tables()) {
            List<@Nullable String> row =
                    Jdbc.rows(connection, POLICIES, table.oid()).getFirst();
            if (!is(row, 0)) {
                findings.add("Row-level security of table " + table.name() + " does not apply to role " + row.get(4)
                        + ". Switch it on and force it (enableRls), and connect as the application role.");
            } else if (!is(row, 1) || !is(row, 2)) {
                findings.add("The policies boundary_tenant and boundary_floor of table " + table.name()
                        + " do not both apply to role " + row.get(4)
                        + ", so it would not see the tenant's rows and nothing else. Connect as the application role.");
            }
            addPrivileges(connection, table, findings, purposes);
        }
        refuse("The tenant's rows cannot be reached as its own and nothing else", findings);
    }

    /**
     * Checks that the role has a privilege on some tables.
     *
     * @param connection a connection of the role
     * @param tables the tables
     * @param purpose what is going to be done
     * @throws SQLException if the catalog cannot be read
     * @throws TenantDataException if not; it lists every table on which it has not
     */
    public static void requirePrivilege(Connection connection, List<TenantTable> tables, Purpose purpose)
            throws SQLException {
        List<String> findings = new ArrayList<>();
        for (TenantTable table : tables) {
            addPrivileges(connection, table, findings, purpose);
        }
        refuse("The tenant's rows cannot be written", findings);
    }

    /**
     * Checks that the role sees every row of every table of tenants.
     *
     * @param connection a connection of the role
     * @param tables the tables
     * @throws SQLException if the catalog cannot be read
     * @throws TenantDataException if not; it lists everything that is wrong
     */
    public static void requireAdmin(Connection connection, TenantTables tables) throws SQLException {
        List<String> findings = new ArrayList<>();
        for (TenantTable table : tables.tables()) {
            List<@Nullable String> row =
                    Jdbc.rows(connection, POLICIES, table.oid()).getFirst();
            if (is(row, 0) && (!is(row, 3) || is(row, 2))) {
                findings.add("Role " + row.get(4) + " does not see every row of table " + table.name()
                        + ": the policy boundary_admin does not apply to it, or the floor of tenants does. Connect as"
                        + " the admin role.");
            }
            addPrivileges(connection, table, findings, Purpose.READ);
        }
        refuse("It cannot be checked which rows there are", findings);
    }

    private static void addPrivileges(
            Connection connection, TenantTable table, List<String> findings, Purpose... purposes) throws SQLException {
        for (Purpose purpose : purposes) {
            String privilege = purpose.privilege;
            List<@Nullable String> row = Jdbc.rows(
                            connection, PRIVILEGES, privilege, privilege, privilege, privilege, table.oid())
                    .getFirst();
            if (!is(row, 0) || !is(row, 1)) {
                String role = Objects.requireNonNull(row.get(2));
                findings.add("Role " + role + " may not " + privilege
                        + (purpose == Purpose.DELETE ? " on " : " on every column of ") + table.name()
                        + (is(row, 0) ? "" : ", for want of USAGE on its schema") + ". Run: grant "
                        + (is(row, 0)
                                ? privilege.toLowerCase(Locale.ROOT) + " on "
                                        + table.name().quoted()
                                : "usage on schema "
                                        + Quoting.identifier(table.name().schema()))
                        + " to " + Quoting.identifier(role));
            }
        }
    }

    private static boolean is(List<@Nullable String> row, int column) {
        return "t".equals(row.get(column));
    }

    private static void refuse(String what, List<String> findings) {
        if (!findings.isEmpty()) {
            throw new TenantDataException(what, findings);
        }
    }
}
