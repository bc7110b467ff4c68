package dev.boundary.tenants.lifecycle;

import dev.boundary.core.TenantKey;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent.Step;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.registry.TenantStateException;
import dev.boundary.registry.internal.Erasure;
import dev.boundary.registry.internal.ErasureWriter;
import dev.boundary.registry.internal.TenantWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes the state of existing tenants in the registry, calls the hooks and publishes events. */
final class StateChanges {

    private final RegistryTransactions transactions;
    private final EventPublisher events;

    StateChanges(RegistryTransactions transactions, EventPublisher events) {
        this.transactions = transactions;
        this.events = events;
    }

    RegistryTransactions transactions() {
        return transactions;
    }

    void publish(Step step, Tenant tenant, Change change) {
        events.publish(new TenantLifecycleEvent(step, tenant, change));
    }

    static Tenant existing(Connection transaction, TenantKey key) {
        return TenantWriter.on(transaction).find(key).orElseThrow(() -> missing(key));
    }

    private static TenantRegistryException missing(TenantKey key) {
        return new TenantRegistryException("There is no tenant " + key + " in the registry.", null);
    }

    /** Without a target state, to the one before the deletion. */
    Tenant apply(LifecycleOperation operation, TenantKey key, @Nullable TenantState to, Change change) {
        Tenant changed = transactions.run("To " + operation.word() + " tenant " + key, transaction -> {
            Tenant before = existing(transaction, key);
            TenantState target = to == null ? beforeDeletion(transaction, before) : to;
            return apply(operation, before, target, change, transaction);
        });
        publish(operation.step(), changed, change);
        return changed;
    }

    /** The statement that sets the state compares it; what was read before is only for the hooks. */
    Tenant apply(LifecycleOperation operation, Tenant before, TenantState to, Change change, Connection transaction)
            throws SQLException {
        operation.requireStateOf(before);
        transactions.before(operation.step(), before, transaction);
        Tenant after = change(operation, before.key(), to, change, transaction);
        transactions.after(operation.step(), after, transaction);
        return after;
    }

    private static Tenant change(
            LifecycleOperation operation, TenantKey key, TenantState to, Change change, Connection transaction) {
        try {
            return TenantWriter.on(transaction).changeState(key, operation.from(), to, change);
        } catch (TenantStateException e) {
            throw operation.refused(e.tenant());
        }
    }

    private static TenantState beforeDeletion(Connection transaction, Tenant tenant) {
        ErasureWriter erasures = ErasureWriter.on(transaction);
        Optional<Erasure> erasure = erasures.find(tenant.key());
        if (erasure.isPresent()) {
            throw LifecycleOperation.RESTORE.refused(tenant, erased(erasure.get()));
        }
        // A tenant that was suspended before must not become active by being deleted and restored.
        return erasures.lastWorkingState(tenant.key()).orElse(TenantState.SUSPENDED);
    }

    private static String erased(Erasure erasure) {
        return "Its rows are being erased or are gone since " + erasure.begunAt() + ". "
                + erasure.archive()
                        .map(archive -> "Import its archive, " + archive + ", as a new tenant.")
                        .orElse("They were not exported.");
    }
}
