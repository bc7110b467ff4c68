package dev.boundary.registry.internal;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads tenants. Operators are the catalog's, whatever is on the search path; values are bound. */
public final class TenantRows {

    /** SQLSTATE undefined_function: no operator compares the key with what was bound. */
    private static final String NO_SUCH_OPERATOR = "42883";

    /** SQLSTATE undefined_table and invalid_schema_name. */
    private static final List<String> NO_SUCH_TABLE = List.of("42P01", "3F000");

    /** The columns of a tenant, under the alias {@code t}. */
    public static final String COLUMNS = "t.tenant_key, t.slug, t.name, t.region, t.state,"
            + " array(select a.key from pg_catalog.jsonb_each_text(t.attributes) a order by a.key),"
            + " array(select a.value from pg_catalog.jsonb_each_text(t.attributes) a order by a.key)";

    private static final String SELECT = "select " + COLUMNS + " from boundary.tenant t ";
    private static final String BY_KEY = SELECT + "where t.tenant_key operator(pg_catalog.=) ?";
    private static final String BY_SLUG = SELECT + "where t.slug operator(pg_catalog.=) ?";
    private static final String BY_DOMAIN = SELECT
            + "join boundary.tenant_domain d on d.tenant_key operator(pg_catalog.=) t.tenant_key"
            + " where d.domain operator(pg_catalog.=) ?";
    private static final String ALL = SELECT + "order by t.slug";
    private static final String IN_STATES = SELECT + "where t.state operator(pg_catalog.=) any (?) order by t.slug";
    private static final String DOMAINS =
            "select domain from boundary.tenant_domain where tenant_key operator(pg_catalog.=) ? order by domain";

    private TenantRows() {}

    /**
     * Finds a tenant.
     *
     * @param connection a connection that may read the registry
     * @param key its key
     * @return the tenant, or empty if there is none
     * @throws SQLException if the database cannot be asked
     */
    public static Optional<Tenant> byKey(Connection connection, TenantKey key) throws SQLException {
        return first(connection, BY_KEY, key).filter(tenant -> tenant.key().equals(key));
    }

    /**
     * Finds a tenant.
     *
     * @param connection a connection that may read the registry
     * @param slug its slug
     * @return the tenant, or empty if there is none
     * @throws SQLException if the database cannot be asked
     */
    public static Optional<Tenant> bySlug(Connection connection, Slug slug) throws SQLException {
        return first(connection, BY_SLUG, slug.value());
    }

    /**
     * Finds a tenant.
     *
     * @param connection a connection that may read the registry
     * @param domain one of its domains
     * @return the tenant, or empty if there is none
     * @throws SQLException if the database cannot be asked
     */
    public static Optional<Tenant> byDomain(Connection connection, String domain) throws SQLException {
        return first(connection, BY_DOMAIN, domain);
    }

    private static Optional<Tenant> first(Connection connection, String sql, Object value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, value instanceof TenantKey key ? key.value() : value);
            try (ResultSet rows = statement.executeQuery()) {
                TenantKeyType type = keyType(rows);
                if (value instanceof TenantKey key) {
                    checkType(key, type);
                }
                return rows.next() ? Optional.of(tenant(rows, type)) : Optional.empty();
            }
        }
    }

    /**
     * Those in a state that is not known too, which is an error.
     *
     * @param connection a connection that may read the registry
     * @return the tenants, ordered by slug
     * @throws SQLException if the database cannot be asked
     */
    public static List<Tenant> all(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL)) {
            return list(statement);
        }
    }

    /**
     * The tenants in some states.
     *
     * @param connection a connection that may read the registry
     * @param states the states
     * @return the tenants, ordered by slug
     * @throws SQLException if the database cannot be asked
     */
    public static List<Tenant> inStates(Connection connection, Collection<TenantState> states) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IN_STATES)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", states.stream().map(Enum::name).toArray()));
            return list(statement);
        }
    }

    private static List<Tenant> list(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            TenantKeyType type = keyType(rows);
            List<Tenant> tenants = new ArrayList<>();
            while (rows.next()) {
                tenants.add(tenant(rows, type));
            }
            return List.copyOf(tenants);
        }
    }

    /**
     * The domains of a tenant.
     *
     * @param connection a connection that may read the registry
     * @param key its key
     * @return the domains, in alphabetical order
     * @throws SQLException if the database cannot be asked
     */
    public static List<String> domains(Connection connection, TenantKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DOMAINS)) {
            statement.setObject(1, key.value());
            try (ResultSet rows = statement.executeQuery()) {
                List<String> domains = new ArrayList<>();
                while (rows.next()) {
                    domains.add(rows.getString(1));
                }
                return List.copyOf(domains);
            }
        }
    }

    /**
     * The result's first column is a tenant's key.
     *
     * @param rows a result with {@link #COLUMNS}
     * @return the type
     * @throws SQLException if the database cannot be asked
     */
    public static TenantKeyType keyType(ResultSet rows) throws SQLException {
        return TenantKeyType.ofSqlName(rows.getMetaData().getColumnTypeName(1));
    }

    /** PostgreSQL compares a bigint with an integer without a word; keys of different types are never equal. */
    private static void checkType(TenantKey key, TenantKeyType type) {
        if (key.type() != type) {
            throw wrongType(key);
        }
    }

    private static IllegalArgumentException wrongType(TenantKey key) {
        return new IllegalArgumentException(
                "The tenant key is of type " + key.type().sqlName()
                        + ", and the keys of the registry are not. Use the type that installBoundary was given.");
    }

    /**
     * Reads a tenant.
     *
     * @param row a row with {@link #COLUMNS}
     * @param type the type of its key
     * @return the tenant
     * @throws SQLException if the database cannot be asked
     */
    public static Tenant tenant(ResultSet row, TenantKeyType type) throws SQLException {
        String key = row.getString(1);
        try {
            return new Tenant(
                    TenantKey.parse(type, key),
                    new Slug(row.getString(2)),
                    row.getString(3),
                    Optional.ofNullable(row.getString(4)),
                    state(row.getString(5)),
                    attributes((String[]) row.getArray(6).getArray(), (String[])
                            row.getArray(7).getArray()));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new TenantRegistryException(
                    "The row of tenant " + key + " in boundary.tenant cannot be a tenant: " + e.getMessage()
                            + " Correct the row, or use the version of Boundary that wrote it.",
                    e);
        }
    }

    private static TenantState state(String name) {
        try {
            return TenantState.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "It is in the state \"" + name + "\", and the states are "
                            + Arrays.stream(TenantState.values())
                                    .map(Enum::name)
                                    .collect(Collectors.joining(", "))
                            + ".",
                    e);
        }
    }

    private static Map<String, String> attributes(String[] keys, String[] values) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < keys.length; i++) {
            attributes.put(keys[i], values[i]);
        }
        return attributes;
    }

    /**
     * What a caller is given for an error of the database.
     *
     * @param what what was tried, as the beginning of a sentence
     * @param error the error
     * @return what to throw
     */
    public static RuntimeException failed(String what, SQLException error) {
        String state = String.valueOf(error.getSQLState());
        if (state.equals(NO_SUCH_OPERATOR)) {
            return new IllegalArgumentException(
                    what + ": the tenant key is of another type than the keys of the registry. Use the type that"
                            + " installBoundary was given.",
                    error);
        }
        String next = NO_SUCH_TABLE.contains(state)
                ? " Run the change createTenantRegistry in the database that this data source connects to."
                : " Whether there is such a tenant is not known.";
        return new TenantRegistryException(what + " failed: " + error.getMessage() + "." + next, error);
    }
}
