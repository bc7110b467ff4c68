package dev.boundary.tenants.isolation;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.TenantKey;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.OwnDatabase;
import dev.boundary.rls.internal.sql.Quoting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's own schema or database is not what it should be. It was not changed.
 *
 * @since 0.1
 */
public final class IsolationException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    IsolationException(String message) {
        super(message, null);
    }

    static IsolationException wrongDatabase(Placement placement, @Nullable String actual) {
        return new IsolationException("The connections for " + placement + " lead to database \"" + actual + "\".");
    }

    static IsolationException withoutRole(String role) {
        return new IsolationException("There is no role \"" + role + "\" on this server. Have it created: create role "
                + Quoting.identifier(role) + " login nosuperuser nobypassrls nocreatedb nocreaterole");
    }

    static IsolationException occupied(OwnDatabase placement, String relation) {
        return new IsolationException("There is a " + placement + " already, with " + relation
                + " in it, and it does not record which tenant it belongs to. Choose another name, or empty it.");
    }

    static IsolationException withoutOwner(Placement placement) {
        return new IsolationException("The database does not record which tenant " + placement
                + " belongs to. Create it with TenantPlaces first.");
    }

    static IsolationException ofAnother(Placement placement, String owner, TenantKey tenant) {
        return new IsolationException("Its database says that " + placement + " is tenant " + owner
                + "'s own, and not tenant " + tenant + "'s. Correct the placement.");
    }

    static IsolationException locked(Placement placement, Duration lockTimeout) {
        return new IsolationException("Another run has been migrating " + placement + " for more than " + lockTimeout
                + ". Wait until it ends and run this again.");
    }

    static IsolationException nameOfRole(Placement placement) {
        return new IsolationException("There is a role with the name of " + placement
                + ", and a search_path with \"$user\" would lead that role there. Take another name.");
    }

    static IsolationException withoutSchema(Placement placement) {
        return new IsolationException("The search path of the connection does not lead to an existing schema of "
                + placement + ". Check whether it was dropped.");
    }
}
