package dev.boundary.testing.postgresql;

/**
 * The names of the three roles of a test database. Unquoted, as the catalog has them.
 *
 * @param owner owns the database and its tables and runs the migrations; no superuser, but subject to FORCE only
 * @param application what the service connects as; no superuser, no BYPASSRLS, owns nothing
 * @param admin what unscoped work connects as; no superuser, no BYPASSRLS, owns nothing
 * @since 0.1
 */
public record TestRoles(String owner, String application, String admin) {

    /** {@code boundary_owner}, {@code boundary_app} and {@code boundary_admin}. */
    public static final TestRoles DEFAULT = new TestRoles("boundary_owner", "boundary_app", "boundary_admin");
}
