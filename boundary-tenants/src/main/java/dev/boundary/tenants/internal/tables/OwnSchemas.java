package dev.boundary.tenants.internal.tables;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The schemas of a database that belong to one tenant each. */
public final class OwnSchemas {

    private static final SqlFile SQL = SqlFile.of(OwnSchemas.class);

    private OwnSchemas() {}

    /**
     * The schemas that are other tenants' own. Their names are nothing that this tenant should learn.
     *
     * @param connection a connection of a role that may read schema {@code boundary_isolation}, if it exists
     * @param tenant the tenant
     * @return the names, unquoted; none if no tenant has a schema of its own
     * @throws SQLException if the database refuses
     */
    public static Set<String> ofOthers(Connection connection, TenantKey tenant) throws SQLException {
        if (Jdbc.value(connection, SQL.text("exists")) == null) {
            return Set.of();
        }
        Set<String> schemas = new HashSet<>();
        for (List<@Nullable String> row : Jdbc.rows(connection, SQL.text("of-others"), tenant.asText())) {
            schemas.add(Objects.requireNonNull(row.getFirst()));
        }
        return schemas;
    }
}
