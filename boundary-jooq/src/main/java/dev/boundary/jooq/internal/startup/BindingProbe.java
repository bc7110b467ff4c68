package dev.boundary.jooq.internal.startup;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.jooq.internal.session.SessionLayer;
import dev.boundary.jooq.internal.session.SessionSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;

/** Probes whether the policies read what the session layer binds, by binding a tenant that does not exist. */
final class BindingProbe {

    private static final String INSTALLED = "select pg_catalog.to_regclass('boundary.installation') is not null";
    private static final String INSTALLATION =
            "select session_variable, tenant_key_type, missing from boundary.installation";
    private static final String WHO = "select boundary.current_tenant_id()::text";

    private final Connection connection;
    private final SessionSettings settings;
    private final SessionLayer session;
    private final List<String> findings = new ArrayList<>();

    private BindingProbe(Connection connection, SessionSettings settings, SessionLayer session) {
        this.connection = connection;
        this.settings = settings;
        this.session = session;
    }

    static List<String> find(Connection connection, SessionSettings settings, SessionLayer session)
            throws SQLException {
        BindingProbe probe = new BindingProbe(connection, settings, session);
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
        try (Statement statement = connection.createStatement()) {
            if (!isInstalled(statement)) {
                findings.add("The database has no table boundary.installation, or this role lacks access to it. Run the"
                        + " change installBoundary, and grant this role USAGE on schema boundary.");
                return false;
            }
            try (ResultSet row = statement.executeQuery(INSTALLATION)) {
                if (!row.next()) {
                    findings.add("The table boundary.installation is empty. Run the change installBoundary.");
                    return false;
                }
                return agrees(row);
            }
        }
    }

    private static boolean isInstalled(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(INSTALLED)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private boolean agrees(ResultSet installation) throws SQLException {
        String variable = settings.variable().name();
        boolean sameVariable = agrees("session variable", installation.getString(1), variable);
        String keyType = settings.keyType().sqlName();
        boolean sameKeyType = agrees("type of the tenant key", installation.getString(2), keyType);
        String missing = installation.getString(3);
        if (settings.relaxed() && !"empty".equalsIgnoreCase(missing)) {
            findings.add("Boundary is built with relaxed(), so that statements outside any scope find no row, but the"
                    + " policies raise an error then (missing = " + missing
                    + "). Install them with missing = empty, or build without relaxed().");
        }
        return sameVariable && sameKeyType;
    }

    private boolean agrees(String what, @Nullable String installed, String here) {
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
        TenantContext.where(nobody).call(() -> {
            Connection bound = session.bind(connection);
            try (PreparedStatement prepared = bound.prepareStatement(WHO);
                    Statement unprepared = bound.createStatement()) {
                compare("a prepared statement", nobody, prepared.executeQuery());
                compare("a static statement", nobody, unprepared.executeQuery(WHO));
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
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_catalog.current_setting('"
                        + settings.variable().name() + "', true)")) {
            row.next();
            String left = row.getString(1);
            boolean nothing = left == null || left.isEmpty();
            if (!nothing) {
                findings.add(when + " statement the session variable " + settings.variable() + " is \"" + left
                        + "\". It is set for this role, database or session, and would be the tenant of every statement"
                        + " without one. Remove it: see pg_db_role_setting and the connection's options.");
            }
            return nothing;
        }
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
