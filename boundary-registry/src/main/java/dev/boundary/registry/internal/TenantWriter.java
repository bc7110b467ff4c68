package dev.boundary.registry.internal;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.internal.KeyForm;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantConflictException;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.registry.TenantStateException;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the registry in a transaction of the caller's, as the admin role. The commit of that transaction makes the
 * change visible, records it in the audit and notifies other processes, together with whatever else is in it.
 *
 * <p>After a {@link TenantConflictException} or {@link TenantStateException} the transaction can go on; after a
 * {@link TenantRegistryException} it can only be rolled back.
 *
 * <p>Not for use by several threads.
 */
public final class TenantWriter {

    private static final String INSERT = """
            insert into boundary.tenant (tenant_key, slug, name, region, state, attributes) \
            values (?, ?, ?, ?, ?, pg_catalog.jsonb_object(?, ?)) on conflict do nothing""";

    private static final String UPDATE = """
            update boundary.tenant set slug = ?, name = ?, region = ?, \
            attributes = pg_catalog.jsonb_object(?, ?) \
            where tenant_key operator(pg_catalog.=) ? and slug operator(pg_catalog.=) ? \
            and name operator(pg_catalog.=) ? and region is not distinct from ? \
            and attributes operator(pg_catalog.=) pg_catalog.jsonb_object(?, ?)""";

    private static final String SET_STATE = """
            update boundary.tenant set state = ? \
            where tenant_key operator(pg_catalog.=) ? and state operator(pg_catalog.=) any (?)""";

    private final AuditedTransaction audited;
    private final TenantReader tenants;
    private final DomainWriter domains;

    private TenantWriter(Connection connection) {
        this.audited = AuditedTransaction.on(connection);
        this.tenants = new TenantReader(connection);
        this.domains = new DomainWriter(audited, tenants);
    }

    /**
     * Writes in one transaction.
     *
     * @param transaction a connection of the admin role whose autocommit is off
     * @return the writer; it neither commits the transaction nor closes the connection
     * @throws IllegalArgumentException if autocommit is on: actor and reason are set for one transaction
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
     * @throws IllegalArgumentException if its key is of another type than the keys of the registry, its slug looks like
     *     a key of that type, or it holds the character U+0000
     * @throws TenantRegistryException if the database does not do it
     */
    public void create(Tenant tenant, Change change) {
        requireStorable(tenant);
        requireNoKey(tenant);
        boolean created = audited.write(
                "Creating tenant " + tenant.slug(), change, () -> insert(tenant).update() == 1);
        if (!created) {
            throw conflict(tenant);
        }
    }

    private RegistryStatement insert(Tenant tenant) {
        return audited.statement(
                INSERT,
                tenant.key().value(),
                tenant.slug().value(),
                tenant.name(),
                tenant.region().orElse(null),
                tenant.state().name(),
                names(tenant),
                values(tenant));
    }

    private TenantConflictException conflict(Tenant tenant) {
        Optional<Tenant> sameKey = find(tenant.key());
        Tenant existing = sameKey.or(() -> find(tenant.slug()))
                .orElseThrow(() -> new TenantRegistryException(
                        "Tenant " + tenant.slug() + " could not be created: another one was in the way, and is gone."
                                + " Try again.",
                        null));
        String taken = sameKey.isPresent() ? "the key " + tenant.key() : "the slug " + tenant.slug();
        return new TenantConflictException(
                "There is a tenant with " + taken + " already: " + described(existing) + ". Choose another one.",
                existing);
    }

    private static String described(Tenant tenant) {
        return tenant.slug() + " (" + tenant.key() + "), " + tenant.state();
    }

    /**
     * Changes the slug, name, region and attributes of a tenant, if no one has changed them since they were read. Its
     * state is left as it is.
     *
     * @param before the tenant as it was read
     * @param after what it is to be
     * @param change who changes it and why
     * @throws TenantConflictException if it has other values now, or another tenant has the slug
     * @throws IllegalArgumentException if the two have different keys, it is of another type than the keys of the
     *     registry, a new slug looks like a key of that type, or it holds the character U+0000
     * @throws TenantRegistryException if there is no such tenant, or the database does not do it
     */
    public void update(Tenant before, Tenant after, Change change) {
        if (!before.key().equals(after.key())) {
            throw new IllegalArgumentException("The key of a tenant cannot be changed from " + before.key() + " to "
                    + after.key() + ": its rows have it too.");
        }
        requireStorable(after);
        if (!before.slug().equals(after.slug())) {
            requireNoKey(after);
            requireFree(after.slug());
        }
        boolean updated = audited.write(
                "Changing tenant " + before.slug(),
                change,
                () -> update(before, after).update() == 1);
        if (!updated) {
            throw changedMeanwhile(existing(before.key()));
        }
    }

    private void requireFree(Slug slug) {
        find(slug).ifPresent(owner -> {
            throw new TenantConflictException(
                    "The slug " + slug + " belongs to " + described(owner) + ". Choose another one.", owner);
        });
    }

    private RegistryStatement update(Tenant before, Tenant after) {
        return audited.statement(
                UPDATE,
                after.slug().value(),
                after.name(),
                after.region().orElse(null),
                names(after),
                values(after),
                before.key().value(),
                before.slug().value(),
                before.name(),
                before.region().orElse(null),
                names(before),
                values(before));
    }

    private static TenantConflictException changedMeanwhile(Tenant existing) {
        return new TenantConflictException(
                "Tenant " + described(existing) + " was changed since it was read. Read it and try again.", existing);
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
        boolean changed = audited.write(
                "Making tenant " + key + " " + to,
                change,
                () -> audited.statement(SET_STATE, to.name(), key.value(), TenantReader.names(from))
                                .update()
                        == 1);
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
        return domains.add(key, domain, change);
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
        return domains.remove(key, domain, change);
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
        return audited.read("Looking up tenant " + key, () -> tenants.byKey(key));
    }

    private Optional<Tenant> find(Slug slug) {
        return audited.read("Looking up tenant " + slug, () -> tenants.bySlug(slug));
    }

    /**
     * The domains of a tenant as this transaction sees them.
     *
     * @param key the tenant
     * @return its domains in alphabetical order
     * @throws TenantRegistryException if the database cannot be asked
     */
    public List<String> domains(TenantKey key) {
        return audited.read("Listing the domains of tenant " + key, () -> tenants.domains(key));
    }

    private Tenant existing(TenantKey key) {
        return find(key)
                .orElseThrow(
                        () -> new TenantRegistryException("There is no tenant " + key + " in the registry.", null));
    }

    private static String[] names(Tenant tenant) {
        return tenant.attributes().keySet().toArray(String[]::new);
    }

    private static String[] values(Tenant tenant) {
        return tenant.attributes().values().toArray(String[]::new);
    }

    /** A slug that looks like a key would be taken for the tenant with that key, where either is accepted. */
    private static void requireNoKey(Tenant tenant) {
        TenantKeyType type = tenant.key().type();
        if (KeyForm.matches(type, tenant.slug().value())) {
            throw new IllegalArgumentException("The slug \"" + tenant.slug() + "\" looks like a tenant key of type "
                    + type.sqlName() + ", and could be taken for another tenant's. Choose one with a letter"
                    + (type == TenantKeyType.UUID ? " beyond f" : "") + " in it.");
        }
    }

    private static void requireStorable(Tenant tenant) {
        AuditedTransaction.requireStorable("The name", tenant.name());
        tenant.region().ifPresent(region -> AuditedTransaction.requireStorable("The region", region));
        tenant.attributes().forEach((key, value) -> {
            AuditedTransaction.requireStorable("The name of an attribute", key);
            AuditedTransaction.requireStorable("An attribute", value);
        });
    }
}
