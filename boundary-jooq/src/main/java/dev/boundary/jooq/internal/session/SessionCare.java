package dev.boundary.jooq.internal.session;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.postgresql.core.BaseConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes care that what statements left on one connection does not reach the next tenant. */
final class SessionCare {

    private static final Logger LOG = LoggerFactory.getLogger(SessionCare.class);

    private final PhysicalConnection physical;
    private final SessionSettings settings;

    SessionCare(PhysicalConnection physical, SessionSettings settings) {
        this.physical = physical;
        this.settings = settings;
    }

    PhysicalConnection physical() {
        return physical;
    }

    SessionReporter reporter() {
        return settings.reporter();
    }

    /** A statement is about to be executed. */
    void executes(StatementContext statement, String sql) throws SQLException {
        BaseConnection driver = physical.driver();
        if (driver != null && !physical.hasFailed() && !physical.isSentByWrapper() && mayLeave(statement, sql)) {
            physical.leftovers().suspect(driver, sql);
        }
    }

    private boolean mayLeave(StatementContext statement, String sql) {
        LeftoverPolicy policy = settings.leftovers();
        return (statement.isRewritten() && policy.rendersAll()) ? policy.mayBeCalledIn(sql) : !LeavesNothing.on(sql);
    }

    /** A method of the connection is about to change a setting of the session. */
    void changes(String setting) throws SQLException {
        BaseConnection driver = physical.driver();
        if (driver != null && !physical.hasFailed()) {
            physical.leftovers().suspectMethod(driver, setting);
        }
    }

    /** The same for the name of the application. */
    void changesClient() throws SQLClientInfoException {
        try {
            physical.exclusively(() -> {
                changes("application_name");
                return true;
            });
        } catch (SQLException e) {
            throw new SQLClientInfoException(Map.of(), e);
        }
    }

    /**
     * Looks for leftovers, if statements may have left any and no transaction is open: in one, the next to take the
     * connection looks.
     *
     * @return whether the connection can be given to the next tenant
     */
    boolean isClean() throws SQLException {
        BaseConnection driver = physical.driver();
        SessionLeftovers leftovers = physical.leftovers();
        if (driver == null || !leftovers.isSuspected() || !physical.isIdle()) {
            return true;
        }
        List<String> found = leftovers.find(driver);
        if (!found.isEmpty() && settings.leftovers().resets()) {
            leftovers.reset(driver);
            found = leftovers.find(driver);
        }
        if (!found.isEmpty()) {
            report(found);
        }
        return found.isEmpty();
    }

    private void report(List<String> found) {
        StatementRefusedException error = new StatementRefusedException(
                "to give a connection to the next tenant with " + String.join(", ", found),
                "Statements left it on the session, so the connection was closed.",
                "Remove it before the connection is given back: use SET LOCAL, and ON COMMIT DROP. Or let Boundary"
                        + " reset connections: builder.resetConnections().");
        LOG.warn("{}", error.getMessage());
        settings.reporter().violation(TenantContext.current(), error);
    }
}
