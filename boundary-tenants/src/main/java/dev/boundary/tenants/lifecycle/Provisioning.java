package dev.boundary.tenants.lifecycle;

import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantConflictException;
import dev.boundary.core.registry.TenantState;
import dev.boundary.registry.internal.TenantWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Adds a tenant to the registry, unless the same one is there. */
final class Provisioning {

    private final StateChanges changes;
    private final RegistryTransactions transactions;

    Provisioning(StateChanges changes) {
        this.changes = changes;
        this.transactions = changes.transactions();
    }

    Provisioned provision(Tenant tenant, Change change) {
        requireActive(tenant);
        Provisioned outcome = transactions.run(
                "Provisioning tenant " + tenant.slug(), transaction -> provision(tenant, change, transaction));
        if (outcome.created()) {
            changes.publish(Step.PROVISIONED, outcome.tenant(), change);
        }
        return outcome;
    }

    private static void requireActive(Tenant tenant) {
        if (tenant.state() != TenantState.ACTIVE) {
            throw new IllegalArgumentException("A tenant is provisioned as ACTIVE, and " + tenant.slug() + " is "
                    + tenant.state() + ". Change its state afterwards.");
        }
    }

    private Provisioned provision(Tenant tenant, Change change, Connection transaction) throws SQLException {
        TenantWriter writer = TenantWriter.on(transaction);
        Optional<Tenant> existing = writer.find(tenant.key());
        if (existing.isPresent()) {
            return same(tenant, existing.get());
        }
        transactions.before(Step.PROVISIONED, tenant, transaction);
        try {
            writer.create(tenant, change);
        } catch (TenantConflictException conflict) {
            return sameAtTheSameTime(tenant, conflict, transaction);
        }
        transactions.after(Step.PROVISIONED, tenant, transaction);
        return new Provisioned(tenant, true);
    }

    /** Another run created the same tenant meanwhile. What the hooks wrote must not be there twice. */
    private static Provisioned sameAtTheSameTime(
            Tenant tenant, TenantConflictException conflict, Connection transaction) throws SQLException {
        if (!conflict.existing().key().equals(tenant.key())) {
            throw conflict;
        }
        transaction.rollback();
        return same(tenant, conflict.existing());
    }

    private static Provisioned same(Tenant wanted, Tenant existing) {
        boolean same = existing.slug().equals(wanted.slug()) && existing.name().equals(wanted.name());
        boolean gone = existing.state() == TenantState.DELETED || existing.state() == TenantState.DELETING;
        if (!same || gone) {
            throw taken(
                    existing,
                    same ? "Restore it if its rows are still there, or choose another key." : "Choose another key.");
        }
        return new Provisioned(existing, false);
    }

    private static TenantConflictException taken(Tenant existing, String remedy) {
        return new TenantConflictException(
                "Tenant " + existing.key() + " exists already: " + existing.slug() + ", \"" + existing.name() + "\", "
                        + existing.state() + ". " + remedy,
                existing);
    }
}
