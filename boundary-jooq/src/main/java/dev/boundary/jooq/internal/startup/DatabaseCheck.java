package dev.boundary.jooq.internal.startup;

import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.jooq.internal.session.DataSourceInspection;
import dev.boundary.jooq.internal.session.PlacementVerifier;
import dev.boundary.jooq.internal.session.SessionLayer;
import dev.boundary.jooq.internal.session.SessionSettings;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.internal.catalog.RoleBypass;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.ConnectionProvider;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;

/** Checks, before anything else is sent to a database, whether it keeps tenants apart. Immutable. */
public final class DatabaseCheck {

    private final TenantSchema schema;
    private final SessionSettings settings;
    private final SessionLayer session;

    /**
     * The check of one application.
     *
     * @param schema the tables that must be protected
     * @param settings what the policies must agree with
     * @param session binds the tenant
     */
    public DatabaseCheck(TenantSchema schema, SessionSettings settings, SessionLayer session) {
        this.schema = schema;
        this.settings = settings;
        this.session = session;
    }

    /**
     * Checks everything and changes nothing.
     *
     * @param application connections of the application role, all to one place
     * @param rendering the settings with which statements will be rendered
     * @throws UnsafeDatabaseException if a check fails; it lists all findings
     * @throws DataAccessException if the database cannot be queried
     */
    public void run(ConnectionProvider application, Settings rendering) {
        Connection connection = application.acquire();
        if (connection == null) {
            throw new DataAccessException("The connection provider " + application + " returned no connection.");
        }
        try {
            Connection raw = DataSourceInspection.raw(connection);
            refuse(raw, protection(raw, rendering));
        } catch (SQLException e) {
            throw new DataAccessException("Cannot determine whether the database keeps tenants apart", e);
        } finally {
            application.release(connection);
        }
    }

    /**
     * The same check for one place of several, and whether it is that place.
     *
     * @param namesOnly whether statements name tables without a schema
     * @param rendering the settings with which they will be rendered
     * @param rls whether row-level security is relied upon
     * @return the verifier of a place
     */
    public PlacementVerifier ofPlaces(boolean namesOnly, Settings rendering, boolean rls) {
        return (connection, placement, tenant) -> {
            List<String> findings =
                    new ArrayList<>(PlacementCheck.find(connection, placement, tenant, schema, namesOnly));
            if (rls) {
                findings.addAll(protection(connection, rendering));
            }
            refuse(connection, findings);
        };
    }

    private List<String> protection(Connection connection, Settings rendering) throws SQLException {
        boolean free = DataSourceInspection.isFree(connection);
        List<String> findings = new ArrayList<>(RoleBypass.find(connection));
        findings.addAll(TableProtectionCheck.find(connection, schema, rendering));
        findings.addAll(BindingProbe.find(connection, settings, session, free));
        return findings;
    }

    private static void refuse(Connection connection, List<String> findings) throws SQLException {
        if (!findings.isEmpty()) {
            throw new UnsafeDatabaseException(subject(connection), findings);
        }
    }

    private static String subject(Connection connection) throws SQLException {
        String url = connection.getMetaData().getURL();
        int parameters = url.indexOf('?'); // there may be a password behind it
        return "role " + connection.getMetaData().getUserName() + " on "
                + (parameters < 0 ? url : url.substring(0, parameters));
    }
}
