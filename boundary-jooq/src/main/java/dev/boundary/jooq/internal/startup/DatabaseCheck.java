package dev.boundary.jooq.internal.startup;

import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.core.database.RoleBypass;
import dev.boundary.core.routing.RegionalDataSource;
import dev.boundary.jooq.internal.session.SessionLayer;
import dev.boundary.jooq.internal.session.SessionSettings;
import dev.boundary.jooq.schema.TenantSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DataSourceConnectionProvider;

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
     * Asks everything and changes nothing; of a {@link RegionalDataSource} each region.
     *
     * @param application connections of the application role
     * @throws UnsafeDatabaseException if anything is wrong; it lists all of it
     * @throws DataAccessException if the database cannot be asked
     */
    public void run(ConnectionProvider application) {
        if (application instanceof DataSourceConnectionProvider source
                && SessionLayer.unbound(source.dataSource()) instanceof RegionalDataSource regional) {
            regional.regions().forEach(region -> runOnOne(new DataSourceConnectionProvider(regional.in(region))));
        } else {
            runOnOne(application);
        }
    }

    private void runOnOne(ConnectionProvider application) {
        Connection connection = application.acquire();
        if (connection == null) {
            throw new DataAccessException("The connection provider " + application + " gave no connection.");
        }
        try {
            run(SessionLayer.unbound(connection));
        } catch (SQLException e) {
            throw new DataAccessException("The database cannot be asked whether it keeps tenants apart", e);
        } finally {
            application.release(connection);
        }
    }

    private void run(Connection connection) throws SQLException {
        List<String> findings = new ArrayList<>(RoleBypass.find(connection));
        findings.addAll(TableProtection.find(connection, schema));
        findings.addAll(BindingProbe.find(connection, settings, session));
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
