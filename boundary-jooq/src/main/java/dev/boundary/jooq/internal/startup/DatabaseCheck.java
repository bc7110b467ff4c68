package dev.boundary.jooq.internal.startup;

import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.core.database.RoleBypass;
import dev.boundary.jooq.internal.session.DataSourceInspection;
import dev.boundary.jooq.internal.session.PlacementVerifier;
import dev.boundary.jooq.internal.session.SessionLayer;
import dev.boundary.jooq.internal.session.SessionSettings;
import dev.boundary.jooq.schema.TenantSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;

/** Asks a database, before anything else is sent to it, whether it keeps tenants apart. */
public final class DatabaseCheck {

    private final TenantSchema schema;
    private final SessionSettings settings;
    private final SessionLayer session;

    /**
     * For one application.
     *
     * @param schema the tables that must be protected
     * @param settings what the policies must agree with
     * @param session what binds the tenant
     */
    public DatabaseCheck(TenantSchema schema, SessionSettings settings, SessionLayer session) {
        this.schema = schema;
        this.settings = settings;
        this.session = session;
    }

    /**
     * Asks everything and changes nothing.
     *
     * @param application connections of the application role, all to one place
     * @throws UnsafeDatabaseException if anything is wrong; it lists all of it
     * @throws DataAccessException if the database cannot be asked
     */
    public void run(ConnectionProvider application) {
        Connection connection = application.acquire();
        if (connection == null) {
            throw new DataAccessException("The connection provider " + application + " gave no connection.");
        }
        try {
            Connection raw = DataSourceInspection.raw(connection);
            refuse(raw, protection(raw, false));
        } catch (SQLException e) {
            throw new DataAccessException("The database cannot be asked whether it keeps tenants apart", e);
        } finally {
            application.release(connection);
        }
    }

    /**
     * The same of one place of several, and whether it is that place.
     *
     * @param namesOnly whether statements name tables without a schema
     * @param protectedByRls whether row-level security is relied upon
     * @return what asks
     */
    public PlacementVerifier ofPlaces(boolean namesOnly, boolean protectedByRls) {
        return (connection, placement, tenant) -> {
            List<String> findings =
                    new ArrayList<>(PlacementCheck.find(connection, placement, tenant, schema, namesOnly));
            if (protectedByRls) {
                findings.addAll(protection(connection, namesOnly));
            }
            refuse(connection, findings);
        };
    }

    private List<String> protection(Connection connection, boolean namesOnly) throws SQLException {
        List<String> findings = new ArrayList<>(RoleBypass.find(connection));
        findings.addAll(TableProtectionCheck.find(connection, schema, namesOnly));
        findings.addAll(BindingProbe.find(connection, settings, session));
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
