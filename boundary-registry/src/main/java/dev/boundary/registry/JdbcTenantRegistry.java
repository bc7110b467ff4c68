package dev.boundary.registry;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantConflictException;
import dev.boundary.core.registry.TenantRegistry;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.registry.TenantStateException;
import dev.boundary.registry.internal.RegistryStatement;
import dev.boundary.registry.internal.TenantReader;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The registry of tenants in the tables that the change {@code createTenantRegistry} creates. It needs no scope, and
 * takes plain data sources, not ones that follow the open scope. Each look-up is one statement with a bound value.
 *
 * {@snippet file="dev/boundary/registry/JdbcTenantRegistryTest.java" region="registry"}
 *
 * <p>Put a {@link CachedTenantRegistry} in front of it, and a {@link TenantChangeListener} beside that. Each write is a
 * transaction of its own, recorded in the audit with its actor and reason; other processes are notified when it
 * commits.
 *
 * <p>Safe for use by several threads if the data sources are.
 *
 * @since 0.1
 */
public final class JdbcTenantRegistry implements TenantRegistry {

    private static final int MAX_DOMAIN_LENGTH = 253;

    private static final String CHANGES = """
            select tenant_key, id, what, old_values, new_values, actor, reason, login_role, changed_at \
            from boundary.tenant_change where tenant_key operator(pg_catalog.=) ? order by id desc limit ?""";

    private final RegistryConnections connections;

    private JdbcTenantRegistry(DataSource application, @Nullable DataSource admin) {
        this.connections = new RegistryConnections(Objects.requireNonNull(application, "application"), admin);
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
        return connections.read("Looking up tenant " + key, tenants -> tenants.byKey(key));
    }

    /**
     * {@inheritDoc}
     *
     * @throws TenantRegistryException if the database cannot be asked, or the tenant's row cannot be read
     */
    @Override
    public Optional<Tenant> findBySlug(Slug slug) {
        return connections.read("Looking up tenant " + slug, tenants -> tenants.bySlug(slug));
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
        return connections.read("Looking up the tenant of a domain", tenants -> tenants.byDomain(domain));
    }

    /**
     * All tenants, in any state.
     *
     * @return the tenants in the order of their slugs
     * @throws TenantRegistryException if the database cannot be asked, or a row cannot be read
     */
    public List<Tenant> list() {
        return connections.read("Listing tenants", TenantReader::all);
    }

    /**
     * The tenants that are in some states.
     *
     * @param states the states
     * @return the tenants in the order of their slugs
     * @throws TenantRegistryException if the database cannot be asked, or a row cannot be read
     */
    public List<Tenant> list(Collection<TenantState> states) {
        return connections.read("Listing tenants", tenants -> tenants.inStates(states));
    }

    /**
     * The domains of a tenant.
     *
     * @param key the tenant
     * @return its domains in alphabetical order; empty if it has none, or there is no such tenant
     * @throws TenantRegistryException if the database cannot be asked
     */
    public List<String> domains(TenantKey key) {
        return connections.read("Listing the domains of tenant " + key, tenants -> tenants.domains(key));
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
        return connections.asAdmin(
                "Listing the changes of tenant " + key,
                connection -> RegistryStatement.of(connection, CHANGES, key.value(), limit)
                        .read(rows -> TenantReader.list(rows, RecordedChange::of)));
    }

    /**
     * Creates a tenant.
     *
     * @param tenant the tenant, in any state
     * @param change who creates it and why
     * @throws TenantConflictException if its key or its slug is there already
     * @throws IllegalArgumentException if the registry does not take one of its values
     * @throws IllegalStateException if this registry is only read
     * @throws TenantRegistryException if the database does not do it
     */
    public void create(Tenant tenant, Change change) {
        connections.write(writer -> {
            writer.create(tenant, change);
            return tenant;
        });
    }

    /**
     * Changes the slug, name, region and attributes of a tenant, if no one has changed them since they were read. Its
     * state is left as it is.
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
        connections.write(writer -> {
            writer.update(before, after, change);
            return after;
        });
    }

    /**
     * Puts a tenant into another state. It runs no hooks and moves no rows: {@code TenantLifecycle} of
     * {@code boundary-tenants} does. Of several callers at once one succeeds.
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
        return connections.write(writer -> writer.changeState(key, from, to, change));
    }

    /**
     * Gives a tenant a domain.
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
        return connections.write(writer -> writer.addDomain(key, domain, change));
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
        return connections.write(writer -> writer.removeDomain(key, domain, change));
    }
}
