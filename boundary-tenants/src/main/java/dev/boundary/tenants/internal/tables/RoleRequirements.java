package dev.boundary.tenants.internal.tables;

import dev.boundary.rls.internal.catalog.RoleBypass;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.tenants.TenantDataException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the connected role must be able to do with protected tables. Without these checks a role with too few privileges
 * would see nothing, and an export would be empty without an error; one with too many would see every tenant's rows.
 */
public final class RoleRequirements {

    private static final SqlFile SQL = SqlFile.of(RoleRequirements.class);

    private final Connection connection;
    private final Findings findings = new Findings();

    private RoleRequirements(Connection connection) {
        this.connection = connection;
    }

    /** What will be done with the rows. */
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

    /**
     * Requires that the role is subject to the policies of tenants and has the privileges.
     *
     * @param connection a connection of the role
     * @param model the tables
     * @param purposes what will be done
     * @throws SQLException if the catalog cannot be read
     * @throws TenantDataException if the role does not meet that; it lists every finding
     */
    public static void requireApplication(Connection connection, TenantDataModel model, Purpose... purposes)
            throws SQLException {
        RoleRequirements requirements = new RoleRequirements(connection);
        requirements.findings.addAll(RoleBypass.find(connection));
        for (TenantDataTable table : model.tables()) {
            requirements.checkTenantPolicies(table);
            requirements.checkPrivileges(table, purposes);
        }
        requirements.findings.requireNone(
                "The role does not see exactly the tenant's rows, or lacks a privilege on them");
    }

    /**
     * Requires that the role has a privilege on some tables.
     *
     * @param connection a connection of the role
     * @param tables the tables
     * @param purpose what will be done
     * @throws SQLException if the catalog cannot be read
     * @throws TenantDataException if the role lacks it; it lists every table
     */
    public static void requirePrivilege(Connection connection, List<TenantDataTable> tables, Purpose purpose)
            throws SQLException {
        RoleRequirements requirements = new RoleRequirements(connection);
        for (TenantDataTable table : tables) {
            requirements.checkPrivileges(table, purpose);
        }
        requirements.findings.requireNone("The tenant's rows cannot be written");
    }

    /**
     * Requires that the role sees every row of every table.
     *
     * @param connection a connection of the role
     * @param model the tables
     * @throws SQLException if the catalog cannot be read
     * @throws TenantDataException if the role does not; it lists every finding
     */
    public static void requireAdmin(Connection connection, TenantDataModel model) throws SQLException {
        RoleRequirements requirements = new RoleRequirements(connection);
        for (TenantDataTable table : model.tables()) {
            requirements.checkAdminPolicy(table);
            requirements.checkPrivileges(table, Purpose.READ);
        }
        requirements.findings.requireNone("The admin role cannot check which rows there are");
    }

    /** Which of Boundary's policies of a table apply to the role. */
    private record Policies(boolean active, boolean tenant, boolean floor, boolean admin, String role) {}

    private Policies policies(TenantDataTable table) throws SQLException {
        long oid = table.structure().oid();
        List<@Nullable String> row =
                Jdbc.rows(connection, SQL.text("policies"), oid, oid).getFirst();
        return new Policies(is(row, 0), is(row, 1), is(row, 2), is(row, 3), Objects.requireNonNull(row.get(4)));
    }

    private void checkTenantPolicies(TenantDataTable table) throws SQLException {
        Policies policies = policies(table);
        if (!policies.active()) {
            findings.add("Row-level security of table " + table.name() + " does not apply to role " + policies.role()
                    + ". Enable and force it (enableRls), and connect as the application role.");
        } else if (!policies.tenant() || !policies.floor()) {
            findings.add("The policies boundary_tenant and boundary_floor of table " + table.name()
                    + " do not both apply to role " + policies.role()
                    + ", so it would not see exactly the tenant's rows. Connect as the application role.");
        }
    }

    private void checkAdminPolicy(TenantDataTable table) throws SQLException {
        Policies policies = policies(table);
        if (policies.active() && (!policies.admin() || policies.floor())) {
            findings.add("Role " + policies.role() + " does not see every row of table " + table.name()
                    + ": the policy boundary_admin does not apply to it, or boundary_floor does. Connect as the admin"
                    + " role.");
        }
    }

    private void checkPrivileges(TenantDataTable table, Purpose... purposes) throws SQLException {
        for (Purpose purpose : purposes) {
            checkPrivilege(table, purpose);
        }
    }

    private void checkPrivilege(TenantDataTable table, Purpose purpose) throws SQLException {
        long oid = table.structure().oid();
        List<@Nullable String> row = Jdbc.rows(connection, SQL.text("privileges"), purpose.privilege, oid)
                .getFirst();
        String role = Objects.requireNonNull(row.get(2));
        if (!is(row, 0)) {
            findings.add(lackingSchema(table, purpose, role));
        } else if (!is(row, 1)) {
            findings.add(lackingTable(table, purpose, role));
        }
    }

    private static String lackingSchema(TenantDataTable table, Purpose purpose, String role) {
        return lacking(table, purpose, role) + ", because it lacks USAGE on the schema. Run: grant usage on schema "
                + Quoting.identifier(table.name().schema()) + " to " + Quoting.identifier(role);
    }

    private static String lackingTable(TenantDataTable table, Purpose purpose, String role) {
        return lacking(table, purpose, role) + ". Run: grant " + purpose.privilege.toLowerCase(Locale.ROOT) + " on "
                + table.name().quoted() + " to " + Quoting.identifier(role);
    }

    private static String lacking(TenantDataTable table, Purpose purpose, String role) {
        return "Role " + role + " may not " + purpose.privilege
                + (purpose == Purpose.DELETE ? " on " : " on every column of ") + table.name();
    }

    private static boolean is(List<@Nullable String> row, int column) {
        return "t".equals(row.get(column));
    }
}
