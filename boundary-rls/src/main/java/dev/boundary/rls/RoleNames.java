package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;

/**
 * The three roles that keep apart who owns, who works for a tenant and who works for all of them. Unquoted, as the
 * catalog has them.
 *
 * @param owner owns the tables and runs the migrations
 * @param application what the service connects as: no superuser, no BYPASSRLS, owns nothing
 * @param admin what unscoped work connects as: its own policy lets it see every row
 * @since 0.1
 */
public record RoleNames(String owner, String application, String admin) {

    /** {@code boundary_owner}, {@code boundary_app} and {@code boundary_admin}. */
    public static final RoleNames DEFAULT = new RoleNames("boundary_owner", "boundary_app", "boundary_admin");

    /** Checks the names. */
    public RoleNames {
        Quoting.checkIdentifier("owner role", owner);
        Quoting.checkIdentifier("application role", application);
        Quoting.checkIdentifier("admin role", admin);
        if (application.equals(owner) || admin.equals(application) || admin.equals(owner)) {
            throw new IllegalArgumentException("Owner, application and admin must be three roles, not \"" + owner
                    + "\", \"" + application + "\" and \"" + admin + "\": what one may do the other must not.");
        }
    }
}
