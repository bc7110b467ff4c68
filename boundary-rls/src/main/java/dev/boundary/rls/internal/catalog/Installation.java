package dev.boundary.rls.internal.catalog;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.rls.internal.catalog.InstallationUnavailableException.Reason;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How Boundary was installed in a database: the row of {@code boundary.installation}. Immutable.
 *
 * @param layout the layout version of schema {@code boundary}
 * @param sessionVariable the setting that carries the tenant
 * @param keyType the type of tenant keys
 * @param missing what policies do without a tenant
 * @param predicate how policies compare
 * @param leakproof whether {@code boundary.current_tenant_id()} was declared LEAKPROOF
 */
public record Installation(
        String layout,
        SessionVariable sessionVariable,
        TenantKeyType keyType,
        MissingTenant missing,
        PredicateForm predicate,
        boolean leakproof) {

    private static final SqlFile SQL = SqlFile.of(Installation.class);

    /**
     * Reads the installation of a database.
     *
     * @param connection a connection of any role
     * @return what was installed
     * @throws InstallationUnavailableException if Boundary is not installed, or the role lacks the privilege to read
     *     what was
     * @throws SQLException if the database cannot be queried
     * @throws IllegalArgumentException if the row was changed by hand to something that {@code installBoundary} does
     *     not write
     */
    public static Installation read(Connection connection) throws InstallationUnavailableException, SQLException {
        List<@Nullable String> access =
                Jdbc.rows(connection, SQL.text("access")).getFirst();
        String database = text(access, 0);
        String role = text(access, 1);
        if (!is(access, 2)) {
            throw new InstallationUnavailableException(Reason.NOT_INSTALLED, database, role);
        }
        if (!is(access, 3)) {
            throw new InstallationUnavailableException(Reason.NOT_READABLE, database, role);
        }
        List<List<@Nullable String>> rows = Jdbc.rows(connection, SQL.text("installation"));
        if (rows.isEmpty()) {
            throw new InstallationUnavailableException(Reason.EMPTY, database, role);
        }
        return of(rows.getFirst());
    }

    private static Installation of(List<@Nullable String> row) {
        return new Installation(
                text(row, 0),
                new SessionVariable(text(row, 1)),
                TenantKeyType.ofSqlName(text(row, 2)),
                MissingTenant.of(text(row, 3)),
                PredicateForm.of(text(row, 4)),
                is(row, 5));
    }

    private static String text(List<@Nullable String> row, int column) {
        return Objects.requireNonNull(row.get(column));
    }

    private static boolean is(List<@Nullable String> row, int column) {
        return "t".equals(row.get(column));
    }
}
