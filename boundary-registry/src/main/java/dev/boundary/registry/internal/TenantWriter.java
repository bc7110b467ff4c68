package dev.boundary.registry.internal;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantConflictException;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.registry.TenantStateException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the registry in a transaction of the caller's, as the admin role. What is written counts, is written down in
 * the audit and is told to other processes when the transaction is committed, together with whatever else is in it.
 *
 * <p>After a {@link TenantConflictException} or {@link TenantStateException} the transaction can go on; after a
 * {@link TenantRegistryException} it can only be rolled back.
 *
 * <p>Not for use by several threads.
 */
public final class TenantWriter {

    private static final String INSERT =
            "insert into boundary.tenant (tenant_key, slug, name, region, state, attributes)"
                    + " values (?, ?, ?, ?, ?, pg_catalog.jsonb_object(?, ?)) on conflict do nothing";

    private static final String UPDATE = "update boundary.tenant set slug = ?, name = ?, region = ?,"
            + " attributes = pg_catalog.jsonb_object(?, ?)"
            + " where tenant_key operator(pg_catalog.=) ? and slug operator(pg_catalog.=) ?"
            + " and name operator(pg_catalog.=) ? and region is not distinct from ?"
            + " and attributes operator(pg_catalog.=) pg_catalog.jsonb_object(?, ?)";

    private static final String SET_STATE = "update boundary.tenant set state = ?"
            + " where tenant_key operator(pg_catalog.=) ? and state operator(pg_catalog.=) any (?)";

    private static final String ADD_DOMAIN =
            "insert into boundary.tenant_domain (tenant_key, domain) values (?, ?) on conflict do nothing";

    private static final String REMOVE_DOMAIN = "delete from boundary.tenant_domain"
            + " where tenant_key operator(pg_catalog.=) ? and domain operator(pg_catalog.=) ?";

    private final Connection connection;
    private final AuditedTransaction audited;

    private TenantWriter(Connection connection) {
        this.connection = connection;
        this.audited = AuditedTransaction.on(connection);
    }

    /**
     * For one transaction.
     *
     * @param transaction a connection of the admin role whose autocommit is off
     * @return what writes on it; it neither commits nor closes it
     * @throws IllegalArgumentException if autocommit is on: who changes a tenant and why is known to the database for
     *     one transaction
     * @throws TenantRegistryException if the connection cannot be asked
     */
    public static TenantWriter on(Connection transaction) {
        return new TenantWriter(transaction);
    }

    /**
     * Creates a tenant.
     *
     * @param tenant the tenant, in any state
     * @param change who creates it and why
     * @throws TenantConflictException if its key or its slug is there already
     * @throws IllegalArgumentException if its key is of another type than the keys of the registry, or it holds the
     *     character U+0000
     * @throws TenantRegistryException if the database does not do it
     */
    public void create(Tenant tenant, Change change) {
        checkText(tenant);
        boolean created = audited.write("Creating tenant " + tenant.slug(), change, () -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setObject(1, tenant.key().value());
                insert.setString(2, tenant.slug().value());
                insert.setString(3, tenant.name());
                insert.setString(4, tenant.region().orElse(null));
                insert.setString(5, tenant.state().name());
                setAttributes(insert, 6, tenant.attributes());
                return insert.executeUpdate() == 1;
            }
        });
        if (!created) {
            throw conflict(tenant);
        }
    }

    private RuntimeException conflict(Tenant tenant) {
        Optional<Tenant> sameKey = find(tenant.key());
        Tenant existing = sameKey.or(() -> audited.read(
                        "Looking up tenant " + tenant.slug(), () -> TenantRows.bySlug(connection, tenant.slug())))
                .orElseThrow(() -> new TenantRegistryException(
                        "Tenant " + tenant.slug() + " could not be created: another one was in the way, and is gone."
                                + " Try again.",
                        null));
        return new TenantConflictException(
                "There is a tenant with "
                        + (sameKey.isPresent() ? "the key " + tenant.key() : "the slug " + tenant.slug()) + " already: "
                        + described(existing) + ". Choose another one.",
                existing);
    }

    private static String described(Tenant tenant) {
        return tenant.slug() + " (" + tenant.key() + "), " + tenant.state();
    }

    /**
     * Changes the slug, name, region and attributes of a tenant, if nobody has changed them since they were read. Its
     * state is left as it is.
     *
     * @param before the tenant as it was read
     * @param after what it is to be
     * @param change who changes it and why
     * @throws TenantConflictException if it has other values now, or another tenant has the slug
     * @throws IllegalArgumentException if the two have different keys, it is of another type than the keys of the
     *     registry, or it holds the character U+0000
     * @throws TenantRegistryException if there is no such tenant, or the database does not do it
     */
    public void update(Tenant before, Tenant after, Change change) {
        if (!before.key().equals(after.key())) {
            throw new IllegalArgumentException("The key of a tenant cannot be changed from " + before.key() + " to "
                    + after.key() + ": its rows have it too.");
        }
        checkText(after);
        Optional<Tenant> owner = before.slug().equals(after.slug())
                ? Optional.empty()
                : audited.read("Looking up tenant " + after.slug(), () -> TenantRows.bySlug(connection, after.slug()));
        if (owner.isPresent()) {
            throw new TenantConflictException(
                    "The slug " + after.slug() + " belongs to " + described(owner.get()) + ". Choose another one.",
                    owner.get());
        }
        boolean updated = audited.write("Changing tenant " + before.slug(), change, () -> {
            try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
                update.setString(1, after.slug().value());
                update.setString(2, after.name());
                update.setString(3, after.region().orElse(null));
                setAttributes(update, 4, after.attributes());
                update.setObject(6, before.key().value());
                update.setString(7, before.slug().value());
                update.setString(8, before.name());
                update.setString(9, before.region().orElse(null));
                setAttributes(update, 10, before.attributes());
                return update.executeUpdate() == 1;
            }
        });
        if (!updated) {
            Tenant existing = existing(before.key());
            throw new TenantConflictException(
                    "Tenant " + described(existing) + " was changed since it was read. Read it and try again.",
                    existing);
        }
    }

    /**
     * Puts a tenant into another state if it is in one of some states, in one statement: of several callers at once one
     * succeeds.
     *
     * @param key the tenant
     * @param from the states in which it may be; at least one
     * @param to the state to put it into
     * @param change who does it and why
     * @return the tenant in its new state
     * @throws TenantStateException if it is in another state
     * @throws IllegalArgumentException if no state is given
     * @throws TenantRegistryException if there is no such tenant, or the database does not do it: a tenant whose rows
     *     are being erased, or are gone, does not come back
     */
    public Tenant changeState(TenantKey key, Set<TenantState> from, TenantState to, Change change) {
        if (from.isEmpty()) {
            throw new IllegalArgumentException(
                    "Name at least one state from which tenant " + key + " may become " + to + ".");
        }
        boolean changed = audited.write("Making tenant " + key + " " + to, change, () -> {
            try (PreparedStatement update = connection.prepareStatement(SET_STATE)) {
                update.setString(1, to.name());
                update.setObject(2, key.value());
                update.setArray(
                        3,
                        connection.createArrayOf(
                                "text", from.stream().map(Enum::name).toArray()));
                return update.executeUpdate() == 1;
            }
        });
        Tenant tenant = existing(key);
        if (!changed) {
            throw new TenantStateException("becoming " + to, tenant, from, "It was left as it is.");
        }
        return tenant;
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
     * @throws TenantRegistryException if there is no such tenant, or the database does not do it
     */
    public boolean addDomain(TenantKey key, String domain, Change change) {
        checkText("The domain", domain);
        boolean added = audited.write(
                "Giving tenant " + key + " the domain " + domain,
                change,
                () -> domainStatement(ADD_DOMAIN, key, domain));
        if (!added) {
            Tenant owner = audited.read("Looking up " + domain, () -> TenantRows.byDomain(connection, domain))
                    .orElseThrow(() -> new TenantRegistryException(
                            "The domain " + domain + " could not be added: it was another tenant's, and is gone. Try"
                                    + " again.",
                            null));
            if (!owner.key().equals(key)) {
                throw new TenantConflictException(
                        "The domain " + domain + " belongs to " + described(owner) + ". Remove it there first.", owner);
            }
        }
        return added;
    }

    /**
     * Takes a domain away from a tenant.
     *
     * @param key the tenant
     * @param domain the domain
     * @param change who does it and why
     * @return false if it did not have the domain
     * @throws TenantRegistryException if the database does not do it
     */
    public boolean removeDomain(TenantKey key, String domain, Change change) {
        checkText("The domain", domain);
        return audited.write(
                "Taking the domain " + domain + " from tenant " + key,
                change,
                () -> domainStatement(REMOVE_DOMAIN, key, domain));
    }

    private boolean domainStatement(String sql, TenantKey key, String domain) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, key.value());
            statement.setString(2, domain);
            return statement.executeUpdate() == 1;
        }
    }

    /**
     * Finds a tenant as this transaction sees it.
     *
     * @param key its key
     * @return the tenant, or empty if there is none
     * @throws IllegalArgumentException if the key is of another type than the keys of the registry
     * @throws TenantRegistryException if the database cannot be asked, or its row cannot be read
     */
    public Optional<Tenant> find(TenantKey key) {
        return audited.read("Looking up tenant " + key, () -> TenantRows.byKey(connection, key));
    }

    /**
     * The domains of a tenant as this transaction sees them.
     *
     * @param key the tenant
     * @return its domains in alphabetical order
     * @throws TenantRegistryException if the database cannot be asked
     */
    public List<String> domains(TenantKey key) {
        return audited.read("Listing the domains of tenant " + key, () -> TenantRows.domains(connection, key));
    }

    private Tenant existing(TenantKey key) {
        return find(key).orElseThrow(() -> noSuchTenant(key));
    }

    private static TenantRegistryException noSuchTenant(TenantKey key) {
        return new TenantRegistryException("There is no tenant " + key + " in the registry.", null);
    }

    private void setAttributes(PreparedStatement statement, int index, Map<String, String> attributes)
            throws SQLException {
        Array keys = connection.createArrayOf("text", attributes.keySet().toArray());
        Array values = connection.createArrayOf("text", attributes.values().toArray());
        statement.setArray(index, keys);
        statement.setArray(index + 1, values);
    }

    private static void checkText(Tenant tenant) {
        checkText("The name", tenant.name());
        tenant.region().ifPresent(region -> checkText("The region", region));
        tenant.attributes().forEach((key, value) -> {
            checkText("The name of an attribute", key);
            checkText("An attribute", value);
        });
    }

    private static void checkText(String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    what + " of a tenant holds the character U+0000, which PostgreSQL cannot store.");
        }
    }
}
