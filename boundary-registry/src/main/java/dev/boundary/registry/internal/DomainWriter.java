package dev.boundary.registry.internal;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantConflictException;
import dev.boundary.core.registry.TenantRegistryException;

/**
 * Gives tenants domains and takes domains away, for a {@link TenantWriter}.
 *
 * @param audited the transaction
 * @param tenants reads tenants as the transaction sees them
 */
record DomainWriter(AuditedTransaction audited, TenantReader tenants) {

    private static final String ADD =
            "insert into boundary.tenant_domain (tenant_key, domain) values (?, ?) on conflict do nothing";

    private static final String REMOVE = """
            delete from boundary.tenant_domain \
            where tenant_key operator(pg_catalog.=) ? and domain operator(pg_catalog.=) ?""";

    boolean add(TenantKey key, String domain, Change change) {
        boolean added = execute("Giving tenant " + key + " the domain " + domain, ADD, key, domain, change);
        if (!added) {
            requireOwner(key, domain);
        }
        return added;
    }

    private void requireOwner(TenantKey key, String domain) {
        Tenant owner = audited.read("Looking up " + domain, () -> tenants.byDomain(domain))
                .orElseThrow(() -> new TenantRegistryException(
                        "The domain " + domain + " could not be added: it was another tenant's, and is gone. Try"
                                + " again.",
                        null));
        if (!owner.key().equals(key)) {
            throw new TenantConflictException(
                    "The domain " + domain + " belongs to " + owner.slug() + " (" + owner.key() + "), " + owner.state()
                            + ". Remove it there first.",
                    owner);
        }
    }

    boolean remove(TenantKey key, String domain, Change change) {
        return execute("Taking the domain " + domain + " from tenant " + key, REMOVE, key, domain, change);
    }

    private boolean execute(String what, String sql, TenantKey key, String domain, Change change) {
        AuditedTransaction.requireStorable("The domain", domain);
        return audited.write(
                what, change, () -> audited.statement(sql, key.value(), domain).update() == 1);
    }
}
