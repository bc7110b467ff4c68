package dev.boundary.jooq.internal.startup;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.jooq.internal.session.SessionLayer;
import dev.boundary.jooq.internal.session.SessionSettings;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.internal.catalog.Installation;
import dev.boundary.rls.internal.catalog.InstallationUnavailableException;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;

/** Probes whether the policies read what the session layer binds, by binding a tenant that does not exist. */
final class BindingProbe {

    private static final SqlFile SQL = SqlFile.of(BindingProbe.class);

    private final Connection connection;
    private final SessionSettings settings;
    private final SessionLayer session;

    /** Whether the connection was in no transaction before it was checked. */
    private final boolean free;

    private final List<String> findings = new ArrayList<>();

    private BindingProbe(Connection connection, SessionSettings settings, SessionLayer session, boolean free) {
        this.connection = connection;
        this.settings = settings;
        this.session = session;
        this.free = free;
    }

    static List<String> find(Connection connection, SessionSettings settings, SessionLayer session, boolean free)
            throws SQLException {
        BindingProbe probe = new BindingProbe(connection, settings, session, free);
        if (probe.driverKeepsStatementsTogether() && probe.installationAgrees()) {
            probe.bindAndRead();
        }
        return probe.findings;
    }

    private boolean driverKeepsStatementsTogether() throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            findings.add("The connection is not one of PostgreSQL's JDBC driver ("
                    + connection.getClass().getName()
                    + "), so a tenant may not reach the server together with its statement. Use"
                    + " org.postgresql's driver.");
            return false;
        }
        PreferQueryMode mode = connection.unwrap(PGConnection.class).getPreferQueryMode();
        if (mode == PreferQueryMode.SIMPLE) {
            findings.add("The driver's preferQueryMode is simple: it sends the tenant and the statement in two"
                    + " transactions. Remove preferQueryMode from the connection's options.");
            return false;
        }
        return true;
    }

    private boolean installationAgrees() throws SQLException {
        try {
            return agrees(Installation.read(connection));
        } catch (InstallationUnavailableException e) {
            findings.add(unavailable(e));
        } catch (IllegalArgumentException e) {
            findings.add("The table boundary.installation was changed by hand: " + e.getMessage()
                    + " Restore what the change installBoundary wrote.");
        }
        return false;
    }

    private static String unavailable(InstallationUnavailableException e) {
        return switch (e.reason()) {
            case NOT_INSTALLED ->
                "Boundary is not installed in database " + e.database() + ". Run the change installBoundary.";
            case NOT_READABLE ->
                "Role " + e.role() + " cannot read the table boundary.installation, or database " + e.database()
                        + " has none. Run the change installBoundary, and grant the role USAGE on schema boundary.";
            case EMPTY -> "The table boundary.installation is empty. Run the change installBoundary.";
        };
    }

    private boolean agrees(Installation installation) {
        boolean sameVariable = agrees(
                "session variable",
                installation.sessionVariable().name(),
                settings.variable().name());
        boolean sameKeyType = agrees(
                "type of the tenant key",
                installation.keyType().sqlName(),
                settings.keyType().sqlName());
        if (settings.relaxed() && installation.missing() != MissingTenant.EMPTY) {
            findings.add("Boundary is built with relaxed(), so that statements outside any scope find no row, but the"
                    + " policies raise an error then (missing = "
                    + installation.missing().word()
                    + "). Install them with missing = empty, or build without relaxed().");
        }
        return sameVariable && sameKeyType;
    }

    private boolean agrees(String what, String installed, String here) {
        boolean same = here.equalsIgnoreCase(installed);
        if (!same) {
            findings.add("The " + what + " is " + installed + " in the database's policies and " + here
                    + " in this service, so no tenant would see its rows. Build Boundary with what installBoundary"
                    + " was run with.");
        }
        return same;
    }

    private void bindAndRead() throws SQLException {
        boolean clean = nothingSet("Before any");
        TenantKey nobody = nobody(settings.keyType());
        String tenant = SQL.text("tenant");
        if (free && !connection.getAutoCommit()) {
            connection.rollback(); // the transaction of the checks
        }
        TenantContext.where(nobody).call(() -> {
            Connection bound = session.bind(connection);
            try (PreparedStatement prepared = bound.prepareStatement(tenant);
                    Statement unprepared = bound.createStatement()) {
                compare("a prepared statement", nobody, prepared.executeQuery());
                compare("a static statement", nobody, unprepared.executeQuery(tenant));
            } finally {
                SessionLayer.giveBack(bound);
            }
            return null;
        });
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        if (clean) {
            nothingSet("After a");
        }
    }

    private boolean nothingSet(String when) throws SQLException {
        String left =
                Jdbc.value(connection, SQL.text("setting"), settings.variable().name());
        boolean nothing = left == null || left.isEmpty();
        if (!nothing) {
            findings.add(when + " statement the session variable " + settings.variable() + " is \"" + left
                    + "\". It is set for this role, database or session, and would be the tenant of every statement"
                    + " without one. Remove it: see pg_db_role_setting and the connection's options.");
        }
        return nothing;
    }

    private void compare(String how, TenantKey expected, ResultSet rows) throws SQLException {
        try (rows) {
            String actual = rows.next() ? rows.getString(1) : null;
            if (!expected.asText().equals(actual)) {
                findings.add("A tenant bound to " + how + " does not reach the policies: " + expected
                        + " was bound to the session variable " + settings.variable()
                        + " by " + settings.strategy() + ", and boundary.current_tenant_id() returned " + actual
                        + ". Check the function, the driver's options and any pooler in between, or choose another"
                        + " Binding.");
            }
        }
    }

    private static TenantKey nobody(TenantKeyType type) {
        return switch (type) {
            case UUID -> TenantKey.of(UUID.randomUUID());
            case BIGINT -> TenantKey.of(Long.MIN_VALUE);
            case INT -> TenantKey.of(Integer.MIN_VALUE);
            case TEXT -> TenantKey.of("probe of " + UUID.randomUUID());
        };
    }
}
