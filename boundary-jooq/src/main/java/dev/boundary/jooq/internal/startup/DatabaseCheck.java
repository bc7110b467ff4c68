package dev.boundary.jooq.internal.startup;

import dev.boundary.core.TenantKey;
import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.core.routing.Placement;
import dev.boundary.jooq.internal.session.DataSourceInspection;
import dev.boundary.jooq.internal.session.PlaceVerifiers;
import dev.boundary.jooq.internal.session.SessionLayer;
import dev.boundary.jooq.internal.session.SessionSettings;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.internal.catalog.RoleBypass;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.ConnectionProvider;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

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
     * @return the verifiers of a place
     */
    public PlaceVerifiers ofPlaces(boolean namesOnly, Settings rendering, boolean rls) {
        return new PlaceVerifiers(
                (connection, placement, tenant) -> {
                    PlacementCheck check = new PlacementCheck(connection, placement, schema, namesOnly);
                    List<String> findings = inOneTransaction(connection, () -> {
                        List<String> place = check.ofApplication(tenant);
                        return rls ? with(place, catalog(connection, rendering)) : place;
                    });
                    refuse(connection, rls ? with(findings, binding(connection, true)) : findings);
                    return check.searchPath();
                },
                namesOnly ? this::adminPath : null);
    }

    private @Nullable String adminPath(Connection connection, Placement placement, Optional<TenantKey> tenant)
            throws SQLException {
        PlacementCheck check = new PlacementCheck(connection, placement, schema, true);
        refuse(connection, inOneTransaction(connection, check::ofAdmin));
        return check.searchPath();
    }

    /** What several questions find. */
    @FunctionalInterface
    private interface Questions {
        List<String> ask() throws SQLException;
    }

    /** A pooler may give each transaction another connection of the server, with another search path. */
    private static List<String> inOneTransaction(Connection connection, Questions questions) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        List<String> findings = questions.ask(); // if that fails, the connection is closed
        connection.rollback();
        connection.setAutoCommit(autoCommit);
        return findings;
    }

    private List<String> protection(Connection connection, Settings rendering) throws SQLException {
        boolean free = DataSourceInspection.isFree(connection);
        return with(catalog(connection, rendering), binding(connection, free));
    }

    private List<String> catalog(Connection connection, Settings rendering) throws SQLException {
        return with(RoleBypass.find(connection), TableProtectionCheck.find(connection, schema, rendering));
    }

    private List<String> binding(Connection connection, boolean free) throws SQLException {
        return BindingProbe.find(connection, settings, session, free);
    }

    private static List<String> with(List<String> findings, List<String> more) {
        return Stream.concat(findings.stream(), more.stream()).toList();
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
