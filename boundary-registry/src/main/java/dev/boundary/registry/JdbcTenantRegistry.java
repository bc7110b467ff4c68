package dev.boundary.registry;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantConflictException;
import dev.boundary.core.registry.TenantRegistry;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.registry.TenantStateException;
import dev.boundary.registry.internal.TenantRows;
import dev.boundary.registry.internal.TenantWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The registry of tenants in the tables that the change {@code createTenantRegistry} makes. It needs no scope, and
 * takes plain data sources, not ones that follow the open scope. Each look-up is one statement with a bound value.
 *
 * {@snippet file="dev/boundary/registry/JdbcTenantRegistryTest.java" region="registry"}
 *
 * <p>Put a {@link dev.boundary.registry.CachedTenantRegistry} before it, and a {@link TenantChangeListener} beside
 * that. Writes are transactions of their own; {@link TenantWriter} does the same in yours.
 *
 * <p>Safe for use by several threads if the data sources are.
 *
 * @since 0.1
 */
public final class JdbcTenantRegistry implements TenantRegistry {

    private static final int MAX_DOMAIN_LENGTH = 253;

    private static final String CHANGES =
            "select tenant_key, id, what, old_values, new_values, actor, reason, login_role,"
                    + " changed_at from boundary.tenant_change where tenant_key operator(pg_catalog.=) ? order by id desc limit ?";

    private final DataSource application;
    private final @Nullable DataSource admin;

    private JdbcTenantRegistry(DataSource application, @Nullable DataSource admin) {
        this.application = Objects.requireNonNull(application, "application");
        this.admin = admin;
    }

    /**
     * A registry that is only read.
     *
     * @param application connections of the application role
     * @return the registry; what writes, and {@link #changes}, throws {@link IllegalStateException}
     */
    public static JdbcTenantRegistry of(DataSource application) {
        return new JdbcTenantRegistry(application, null);
    }

    /**
     * A registry that is read and written.
     *
     * @param application connections of the application role, for look-ups
     * @param admin connections of the admin role, for changes
     * @return the registry
     */
    public static JdbcTenantRegistry of(DataSource application, DataSource admin) {
        return new JdbcTenantRegistry(application, Objects.requireNonNull(admin, "admin"));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the key is of another type than the keys of the registry
     * @throws TenantRegistryException if the database cannot be asked, or the tenant's row cannot be read
     */
    @Override
    public Optional<Tenant> find(TenantKey key) {
        return read("Looking up tenant " + key, connection -> TenantRows.byKey(connection, key));
    }

    /**
     * {@inheritDoc}
     *
     * @throws TenantRegistryException if the database cannot be asked, or the tenant's row cannot be read
     */
    @Override
    public Optional<Tenant> findBySlug(Slug slug) {
        return read("Looking up tenant " + slug, connection -> TenantRows.bySlug(connection, slug));
    }

    /**
     * {@inheritDoc}
     *
     * @throws TenantRegistryException if the database cannot be asked, or the tenant's row cannot be read
     */
    @Override
    public Optional<Tenant> findByDomain(String domain) {
        if (domain.length() > MAX_DOMAIN_LENGTH || domain.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return read("Looking up the tenant of a domain", connection -> TenantRows.byDomain(connection, domain));
    }

    /**
     * All tenants, in any state.
     *
     * @return the tenants in the order of their slugs
     * @throws TenantRegistryException if the database cannot be asked, or a row cannot be read
     */
    public List<Tenant> list() {
        return read("Listing tenants", TenantRows::all);
    }

    /**
     * The tenants that are in some states.
     *
     * @param states the states
     * @return the tenants in the order of their slugs
     * @throws TenantRegistryException if the database cannot be asked, or a row cannot be read
     */
    public List<Tenant> list(Collection<TenantState> states) {
        return read("Listing tenants", connection -> TenantRows.inStates(connection, states));
    }

    /**
     * The domains of a tenant.
     *
     * @param key the tenant
     * @return its domains in alphabetical order; empty if it has none, or there is no such tenant
     * @throws TenantRegistryException if the database cannot be asked
     */
    public List<String> domains(TenantKey key) {
        return read("Listing the domains of tenant " + key, connection -> TenantRows.domains(connection, key));
    }

    /**
     * What was changed about a tenant, read as the admin role.
     *
     * @param key the tenant, which need not be there any more
     * @param limit how many changes at most; more than zero
     * @return the changes, the newest first
     * @throws IllegalArgumentException if the limit is not more than zero
     * @throws IllegalStateException if this registry is only read
     * @throws TenantRegistryException if the database cannot be asked
     */
    public List<RecordedChange> changes(TenantKey key, int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("The limit must be more than zero, not " + limit + ".");
        }
        return onConnection(
                admin(), "Listing the changes of tenant " + key, connection -> changes(connection, key, limit));
    }

    private static List<RecordedChange> changes(Connection connection, TenantKey key, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CHANGES)) {
            statement.setObject(1, key.value());
            statement.setInt(2, limit);
            try (ResultSet row = statement.executeQuery()) {
                TenantKeyType type = TenantRows.keyType(row);
                List<RecordedChange> changes = new ArrayList<>();
                while (row.next()) {
                    changes.add(new RecordedChange(
                            row.getLong(2),
                            TenantKey.parse(type, row.getString(1)),
                            row.getString(3),
                            Optional.ofNullable(row.getString(4)),
                            Optional.ofNullable(row.getString(5)),
                            row.getString(6),
                            Optional.ofNullable(row.getString(7)),
                            row.getString(8),
                            row.getTimestamp(9).toInstant()));
                }
                return List.copyOf(changes);
            }
        }
    }

    /**
     * Creates a tenant, as {@link TenantWriter#create} does.
     *
     * @param tenant the tenant, in any state
     * @param change who creates it and why
     * @throws TenantConflictException if its key or its slug is there already
     * @throws IllegalArgumentException if the registry does not take one of its values
     * @throws IllegalStateException if this registry is only read
     * @throws TenantRegistryException if the database does not do it
     */
    public void create(Tenant tenant, Change change) {
        inTransaction(writer -> writer.create(tenant, change));
    }

    /**
     * Changes the slug, name, region and attributes of a tenant, as {@link TenantWriter#update} does.
     *
     * @param before the tenant as it was read
     * @param after what it is to be
     * @param change who changes it and why
     * @throws TenantConflictException if it has other values now, or another tenant has the slug
     * @throws IllegalArgumentException if the two have different keys, or the registry does not take one of the values
     * @throws IllegalStateException if this registry is only read
     * @throws TenantRegistryException if there is no such tenant, or the database does not do it
     */
    public void update(Tenant before, Tenant after, Change change) {
        inTransaction(writer -> writer.update(before, after, change));
    }

    /**
     * Puts a tenant into another state, as {@link TenantWriter#changeState} does. It runs no hooks and moves no rows: use
     * {@code TenantLifecycle} of {@code boundary-tenants} for that.
     *
     * @param key the tenant
     * @param from the states in which it may be; at least one
     * @param to the state to put it into
     * @param change who does it and why
     * @return the tenant in its new state
     * @throws TenantStateException if it is in another state
     * @throws IllegalStateException if this registry is only read
     * @throws TenantRegistryException if there is no such tenant, or the database does not do it
     */
    public Tenant changeState(TenantKey key, Set<TenantState> from, TenantState to, Change change) {
        return callInTransaction(writer -> writer.changeState(key, from, to, change));
    }

    /**
     * Gives a tenant a domain, as {@link TenantWriter#addDomain} does.
     *
     * @param key the tenant
     * @param domain a host name in lower case, in its ASCII form, without port and without a dot at its end
     * @param change who does it and why
     * @return false if it had the domain before
     * @throws TenantConflictException if another tenant has it
     * @throws IllegalArgumentException if it is no such host name
     * @throws IllegalStateException if this registry is only read
     * @throws TenantRegistryException if there is no such tenant, or the database does not do it
     */
    public boolean addDomain(TenantKey key, String domain, Change change) {
        return callInTransaction(writer -> writer.addDomain(key, domain, change));
    }

    /**
     * Takes a domain away from a tenant.
     *
     * @param key the tenant
     * @param domain the domain
     * @param change who does it and why
     * @return false if it did not have the domain
     * @throws IllegalStateException if this registry is only read
     * @throws TenantRegistryException if the database does not do it
     */
    public boolean removeDomain(TenantKey key, String domain, Change change) {
        return callInTransaction(writer -> writer.removeDomain(key, domain, change));
    }

    private void inTransaction(Consumer<TenantWriter> work) {
        callInTransaction(writer -> {
            work.accept(writer);
            return true;
        });
    }

    private <T> T callInTransaction(Function<TenantWriter, T> work) {
        return onConnection(admin(), "Changing the registry", connection -> {
            T result = work.apply(TenantWriter.on(connection));
            connection.commit();
            return result;
        });
    }

    private DataSource admin() {
        if (admin == null) {
            throw new IllegalStateException(
                    "This registry is only read. Make it with JdbcTenantRegistry.of(application,"
                            + " admin), with connections of the admin role.");
        }
        return admin;
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T read(String what, Work<T> work) {
        try (Connection connection = application.getConnection()) {
            return connection.getAutoCommit() ? work.on(connection) : thenRolledBack(connection, work);
        } catch (SQLException e) {
            throw TenantRows.failed(what, e);
        }
    }

    /** In a transaction that ends with what the work has committed; the connection goes back as it came. */
    private static <T> T onConnection(DataSource source, String what, Work<T> work) {
        try (Connection connection = source.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            T result = thenRolledBack(connection, work);
            connection.setAutoCommit(autoCommit);
            return result;
        } catch (SQLException e) {
            throw TenantRows.failed(what, e);
        }
    }

    /** A pool that does not clean up must not hand a transaction of ours to somebody else. */
    private static <T> T thenRolledBack(Connection connection, Work<T> work) throws SQLException {
        T result;
        try {
            result = work.on(connection);
        } catch (SQLException | RuntimeException e) {
            try {
                connection.rollback();
            } catch (SQLException rollback) {
                e.addSuppressed(rollback);
            }
            throw e;
        }
        connection.rollback();
        return result;
    }
}
