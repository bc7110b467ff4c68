package dev.boundary.testing.postgresql;

/**
 * The names of the three roles of a test database, unquoted, as the catalog has them. None of them is a superuser or
 * has {@code BYPASSRLS}.
 *
 * @param owner owns the database and its tables and runs the migrations; only {@code FORCE ROW LEVEL SECURITY} subjects
 *     it to policies
 * @param application what the service connects as; owns nothing
 * @param admin what unscoped work connects as; owns nothing
 * @since 0.1
 */
public record TestRoles(String owner, String application, String admin) {

    /** {@code boundary_owner}, {@code boundary_app} and {@code boundary_admin}. */
    public static final TestRoles DEFAULT = new TestRoles("boundary_owner", "boundary_app", "boundary_admin");
}
