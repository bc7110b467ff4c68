package dev.boundary.registry.internal;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads tenants. Statements name the operators of {@code pg_catalog}, whatever is on the search path, and bind values.
 *
 * @param connection runs the statements; it stays open
 */
public record TenantReader(Connection connection) {

    /** SQLSTATE undefined_function: no operator compares the key with the bound value. */
    private static final String NO_SUCH_OPERATOR = "42883";

    /** SQLSTATE undefined_table and invalid_schema_name. */
    private static final List<String> NO_SUCH_TABLE = List.of("42P01", "3F000");

    private static final String SELECT = """
            select t.tenant_key, t.slug, t.name, t.region, t.state, \
            array(select a.key from pg_catalog.jsonb_each_text(t.attributes) a order by a.key), \
            array(select a.value from pg_catalog.jsonb_each_text(t.attributes) a order by a.key) \
            from boundary.tenant t \
            """;

    private static final String BY_KEY = SELECT + "where t.tenant_key operator(pg_catalog.=) ?";
    private static final String BY_SLUG = SELECT + "where t.slug operator(pg_catalog.=) ?";
    private static final String BY_DOMAIN = SELECT + """
            join boundary.tenant_domain d on d.tenant_key operator(pg_catalog.=) t.tenant_key \
            where d.domain operator(pg_catalog.=) ?""";
    private static final String ALL = SELECT + "order by t.slug";
    private static final String IN_STATES = SELECT + "where t.state operator(pg_catalog.=) any (?) order by t.slug";
    private static final String DOMAINS =
            "select domain from boundary.tenant_domain where tenant_key operator(pg_catalog.=) ? order by domain";

    /**
     * Finds a tenant by its key.
     *
     * @param key the key
     * @return the tenant, or empty if there is none
     * @throws IllegalArgumentException if the key is of another type than the keys of the registry
     * @throws TenantRegistryException if the row is not valid
     * @throws SQLException if the database cannot be asked
     */
    public Optional<Tenant> byKey(TenantKey key) throws SQLException {
        return statement(BY_KEY, key.value())
                .read(rows -> first(rows, type -> checkType(key, type)))
                .filter(tenant -> tenant.key().equals(key));
    }

    /**
     * Finds a tenant by its slug.
     *
     * @param slug the slug
     * @return the tenant, or empty if there is none
     * @throws TenantRegistryException if the row is not valid
     * @throws SQLException if the database cannot be asked
     */
    public Optional<Tenant> bySlug(Slug slug) throws SQLException {
        return statement(BY_SLUG, slug.value()).read(rows -> first(rows, type -> {}));
    }

    /**
     * Finds a tenant by one of its domains.
     *
     * @param domain the domain
     * @return the tenant, or empty if there is none
     * @throws TenantRegistryException if the row is not valid
     * @throws SQLException if the database cannot be asked
     */
    public Optional<Tenant> byDomain(String domain) throws SQLException {
        return statement(BY_DOMAIN, domain).read(rows -> first(rows, type -> {}));
    }

    private static Optional<Tenant> first(ResultSet rows, Consumer<TenantKeyType> check) throws SQLException {
        TenantKeyType type = keyType(rows);
        check.accept(type);
        return rows.next() ? Optional.of(tenant(rows, type)) : Optional.empty();
    }

    /**
     * Lists all tenants.
     *
     * @return the tenants in the order of their slugs, unmodifiable
     * @throws TenantRegistryException if a row is not valid, as with a state that this version does not know
     * @throws SQLException if the database cannot be asked
     */
    public List<Tenant> all() throws SQLException {
        return statement(ALL).read(rows -> list(rows, TenantReader::tenant));
    }

    /**
     * Lists the tenants in some states.
     *
     * @param states the states
     * @return the tenants in the order of their slugs, unmodifiable
     * @throws TenantRegistryException if a row is not valid
     * @throws SQLException if the database cannot be asked
     */
    public List<Tenant> inStates(Collection<TenantState> states) throws SQLException {
        return statement(IN_STATES, (Object) names(states)).read(rows -> list(rows, TenantReader::tenant));
    }

    static String[] names(Collection<TenantState> states) {
        return states.stream().map(Enum::name).toArray(String[]::new);
    }

    /**
     * Lists the domains of a tenant.
     *
     * @param key the tenant
     * @return the domains in alphabetical order, unmodifiable
     * @throws SQLException if the database cannot be asked
     */
    public List<String> domains(TenantKey key) throws SQLException {
        return statement(DOMAINS, key.value()).read(rows -> {
            List<String> domains = new ArrayList<>();
            while (rows.next()) {
                domains.add(rows.getString(1));
            }
            return List.copyOf(domains);
        });
    }

    private RegistryStatement statement(String sql, Object... values) {
        return RegistryStatement.of(connection, sql, values);
    }

    /**
     * Reads the current row of a result.
     *
     * @param <T> the type of what it reads
     */
    @FunctionalInterface
    public interface RowReader<T> {

        /**
         * Reads the row.
         *
         * @param row a result, at the row
         * @param type the type of the tenant's key
         * @return what it holds
         * @throws SQLException if the result cannot be read
         */
        T read(ResultSet row, TenantKeyType type) throws SQLException;
    }

    /**
     * Reads all rows of a result whose first column is the key of a tenant.
     *
     * @param rows the result
     * @param reader reads each row
     * @param <T> the type of what a row holds
     * @return what the rows hold, unmodifiable
     * @throws SQLException if the result cannot be read
     */
    public static <T> List<T> list(ResultSet rows, RowReader<T> reader) throws SQLException {
        TenantKeyType type = keyType(rows);
        List<T> result = new ArrayList<>();
        while (rows.next()) {
            result.add(reader.read(rows, type));
        }
        return List.copyOf(result);
    }

    private static TenantKeyType keyType(ResultSet rows) throws SQLException {
        return TenantKeyType.ofSqlName(rows.getMetaData().getColumnTypeName(1));
    }

    /** PostgreSQL compares a bigint with an integer and says nothing; keys of different types are never equal. */
    private static void checkType(TenantKey key, TenantKeyType type) {
        if (key.type() != type) {
            throw new IllegalArgumentException(
                    "The tenant key is of type " + key.type().sqlName()
                            + ", and the keys of the registry are not. Use the type that installBoundary was given.");
        }
    }

    private static Tenant tenant(ResultSet row, TenantKeyType type) throws SQLException {
        String key = row.getString(1);
        try {
            return tenant(row, TenantKey.parse(type, key));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new TenantRegistryException(
                    "The row of tenant " + key + " in boundary.tenant cannot be a tenant: " + e.getMessage()
                            + " Correct the row, or use the version of Boundary that wrote it.",
                    e);
        }
    }

    private static Tenant tenant(ResultSet row, TenantKey key) throws SQLException {
        return new Tenant(
                key,
                new Slug(row.getString(2)),
                row.getString(3),
                Optional.ofNullable(row.getString(4)),
                state(row.getString(5)),
                attributes(texts(row, 6), texts(row, 7)));
    }

    private static TenantState state(String name) {
        try {
            return TenantState.valueOf(name);
        } catch (IllegalArgumentException e) {
            String known = Arrays.stream(TenantState.values()).map(Enum::name).collect(Collectors.joining(", "));
            throw new IllegalArgumentException("Its state is \"" + name + "\", and the states are " + known + ".", e);
        }
    }

    private static String[] texts(ResultSet row, int column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private static Map<String, String> attributes(String[] keys, String[] values) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < keys.length; i++) {
            attributes.put(keys[i], values[i]);
        }
        return attributes;
    }

    /**
     * The exception that a caller gets for an error of the database.
     *
     * @param what what was tried, as the beginning of a sentence
     * @param error the error
     * @return the exception to throw
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
