package dev.boundary.tenants.internal.tables;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.internal.catalog.ReadAccess;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.tenants.TenantDataException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code boundary.installation} says.
 *
 * @param layout the layout of schema {@code boundary}
 * @param sessionVariable the setting that carries the tenant
 * @param keyType the type of tenant keys
 */
public record Installation(String layout, SessionVariable sessionVariable, TenantKeyType keyType) {

    /**
     * Reads it.
     *
     * @param connection a connection of any role that may read it
     * @return what was installed
     * @throws SQLException if it cannot be read
     * @throws TenantDataException if Boundary is not installed
     */
    public static Installation read(Connection connection) throws SQLException {
        if (!ReadAccess.canRead(connection, "boundary", "installation")) {
            throw new TenantDataException("Boundary is not installed in this database, or this role may not read"
                    + " boundary.installation. Run the changes installBoundary and createBoundaryRoles, and connect as"
                    + " the application role.");
        }
        List<@Nullable String> row = Jdbc.rows(
                        connection, "select version, session_variable, tenant_key_type from boundary.installation")
                .getFirst();
        return new Installation(
                Objects.requireNonNull(row.get(0)),
                new SessionVariable(Objects.requireNonNull(row.get(1))),
                TenantKeyType.ofSqlName(Objects.requireNonNull(row.get(2))));
    }

    /**
     * Binds the tenant for the rest of the transaction.
     *
     * @param connection a connection in a transaction
     * @param tenant the tenant
     * @throws SQLException if it fails
     * @throws TenantDataException if tenants of this database have keys of another type
     */
    public void bind(Connection connection, TenantKey tenant) throws SQLException {
        if (tenant.type() != keyType) {
            throw new TenantDataException("The key of tenant " + tenant + " is of type "
                    + tenant.type().sqlName() + ", and tenants of this database have keys of type " + keyType.sqlName()
                    + ".");
        }
        Jdbc.run(connection, "select pg_catalog.set_config(?, ?, true)", sessionVariable.name(), tenant.asText());
    }

    /**
     * A tenant key in SQL.
     *
     * @param value a literal or a placeholder for a text
     * @return the value as a key
     */
    public String key(String value) {
        return value + "::pg_catalog."
                + switch (keyType) {
                    case UUID -> "uuid";
                    case BIGINT -> "int8";
                    case INT -> "int4";
                    case TEXT -> "text";
                };
    }
}
