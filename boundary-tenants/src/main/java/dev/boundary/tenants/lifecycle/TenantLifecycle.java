package dev.boundary.tenants.lifecycle;

import dev.boundary.core.TenantKey;
import dev.boundary.core.event.BoundaryEvents;
import dev.boundary.core.event.TenantLifecycleEvent;
import dev.boundary.core.event.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantConflictException;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.registry.TenantStateException;
import dev.boundary.registry.Erasure;
import dev.boundary.registry.ErasureWriter;
import dev.boundary.registry.TenantWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with a tenant: provision, suspend, resume, delete, restore, deprovision. Each is one transaction on the
 * registry as the admin role, with the service's hooks inside it; what has become of it is told by an event afterwards and
 * written down in the audit.
 *
 * {@snippet file="dev/boundary/tenants/lifecycle/TenantLifecycleTest.java" region="lifecycle"}
 *
 * <table>
 * <caption>From which state to which</caption>
 * <tr><th>operation</th><th>takes a tenant that is</th><th>makes it</th></tr>
 * <tr><td>provision</td><td>not there</td><td>ACTIVE</td></tr>
 * <tr><td>suspend</td><td>ACTIVE</td><td>SUSPENDED</td></tr>
 * <tr><td>resume</td><td>SUSPENDED</td><td>ACTIVE</td></tr>
 * <tr><td>delete</td><td>ACTIVE, SUSPENDED</td><td>DELETED; its rows stay</td></tr>
 * <tr><td>restore</td><td>DELETED, DELETING, as long as no row was erased</td><td>ACTIVE, or SUSPENDED if it was that</td></tr>
 * <tr><td>deprovision</td><td>SUSPENDED, DELETED, DELETING</td><td>DELETING, then DELETED; its rows are gone</td></tr>
 * </table>
 *
 * <p>Of several who do something with one tenant at once, one succeeds; the others are told what it is now.
 *
 * <p>Immutable and safe for use by several threads if the data sources are.
 */
public final class TenantLifecycle {

    private final RegistryTransactions transactions;
    private final BoundaryEvents events;
    private final @Nullable DataSource rowsAsApplication;
    private final @Nullable DataSource rowsAsAdmin;

    private TenantLifecycle(
            RegistryTransactions transactions,
            BoundaryEvents events,
            @Nullable DataSource rowsAsApplication,
            @Nullable DataSource rowsAsAdmin) {
        this.transactions = transactions;
        this.events = events;
        this.rowsAsApplication = rowsAsApplication;
        this.rowsAsAdmin = rowsAsAdmin;
    }

    /**
     * Begins a lifecycle.
     *
     * @param registryAdmin connections of the admin role to the database with the registry
     * @return what takes the settings
     */
    public static Builder of(DataSource registryAdmin) {
        return new Builder(registryAdmin);
    }

    /**
     * The same, but everything is undone at the end: it finds out what would happen, runs no hook, changes nothing and tells
     * nobody.
     *
     * @return a lifecycle for trying
     */
    public TenantLifecycle dryRun() {
        return new TenantLifecycle(transactions.dry(), new BoundaryEvents(List.of()), rowsAsApplication, rowsAsAdmin);
    }

    /**
     * Makes a tenant. If one with the same key, slug and name is there already, and neither deleted nor about to be, nothing is
     * done, so that it can be called again when it is not known what became of it.
     *
     * @param tenant the tenant, which must be {@link TenantState#ACTIVE}
     * @param change who does it and why
     * @return the tenant as it is in the registry, and whether it was made now
     * @throws TenantConflictException if another one has its key or its slug, or it was deleted
     * @throws TenantHookException if a hook threw; nothing is left
     * @throws IllegalArgumentException if it is not active, or the registry does not take one of its values
     * @throws TenantRegistryException if the database does not do it
     */
    public Provisioned provision(Tenant tenant, Change change) {
        if (tenant.state() != TenantState.ACTIVE) {
            throw new IllegalArgumentException("A tenant is provisioned as ACTIVE, and " + tenant.slug() + " is "
                    + tenant.state() + ". Change it afterwards.");
        }
        Provisioned outcome = transactions.run("Provisioning tenant " + tenant.slug(), transaction -> {
            TenantWriter writer = TenantWriter.on(transaction);
            Optional<Tenant> existing = writer.find(tenant.key());
            if (existing.isPresent()) {
                return sameAs(tenant, existing.get());
            }
            transactions.before(Step.PROVISIONED, tenant, transaction);
            try {
                writer.create(tenant, change);
            } catch (TenantConflictException conflict) {
                if (!conflict.existing().key().equals(tenant.key())) {
                    throw conflict;
                }
                // Somebody did the same at the same moment. What the hooks wrote is not wanted a second time.
                transaction.rollback();
                return sameAs(tenant, conflict.existing());
            }
            transactions.after(Step.PROVISIONED, tenant, transaction);
            return new Provisioned(tenant, true);
        });
        if (outcome.created()) {
            events.publish(new TenantLifecycleEvent(Step.PROVISIONED, outcome.tenant(), change));
        }
        return outcome;
    }

    private static Provisioned sameAs(Tenant wanted, Tenant existing) {
        boolean same = existing.slug().equals(wanted.slug()) && existing.name().equals(wanted.name());
        boolean gone = existing.state() == TenantState.DELETED || existing.state() == TenantState.DELETING;
        if (!same || gone) {
            throw new TenantConflictException(
                    "Tenant " + wanted.key() + " is there already: " + existing.slug() + ", \"" + existing.name()
                            + "\", "
                            + existing.state() + ". "
                            + (same
                                    ? "Restore it if its rows are still there, or choose another key."
                                    : "Choose another key."),
                    existing);
        }
        return new Provisioned(existing, false);
    }

    /**
     * Shuts a tenant out for a while.
     *
     * @param key the tenant
     * @param change who does it and why
     * @return the tenant as it is now
     * @throws TenantStateException if it is not active
     * @throws TenantHookException if a hook threw; nothing was changed
     * @throws TenantRegistryException if there is no such tenant, or the database does not do it
     */
    public Tenant suspend(TenantKey key, Change change) {
        return change(Operation.SUSPEND, key, TenantState.SUSPENDED, change);
    }

    /**
     * Lets a suspended tenant work again.
     *
     * @param key the tenant
     * @param change who does it and why
     * @return the tenant as it is now
     * @throws TenantStateException if it is not suspended
     * @throws TenantHookException if a hook threw; nothing was changed
     * @throws TenantRegistryException if there is no such tenant, or the database does not do it
     */
    public Tenant resume(TenantKey key, Change change) {
        return change(Operation.RESUME, key, TenantState.ACTIVE, change);
    }

    /**
     * Deletes a tenant in such a way that it can be restored: its rows stay.
     *
     * @param key the tenant
     * @param change who does it and why
     * @return the tenant as it is now
     * @throws TenantStateException if it is neither active nor suspended
     * @throws TenantHookException if a hook threw; nothing was changed
     * @throws TenantRegistryException if there is no such tenant, or the database does not do it
     */
    public Tenant delete(TenantKey key, Change change) {
        return change(Operation.DELETE, key, TenantState.DELETED, change);
    }

    /**
     * Takes a deletion back, and a deprovisioning as long as no row was erased. A tenant that was suspended before is suspended
     * again.
     *
     * @param key the tenant
     * @param change who does it and why
     * @return the tenant as it is now
     * @throws TenantStateException if it is not deleted, or its rows are being erased or are gone
     * @throws TenantHookException if a hook threw; nothing was changed
     * @throws TenantRegistryException if there is no such tenant, or the database does not do it
     */
    public Tenant restore(TenantKey key, Change change) {
        return change(Operation.RESTORE, key, null, change);
    }

    private Tenant change(Operation operation, TenantKey key, @Nullable TenantState to, Change change) {
        Tenant changed = transactions.run("To " + operation.word() + " tenant " + key, transaction -> {
            Tenant before = existing(TenantWriter.on(transaction), key);
            TenantState target = to == null ? beforeDeletion(transaction, before) : to;
            return change(operation, before, target, change, transaction);
        });
        events.publish(new TenantLifecycleEvent(operation.step(), changed, change));
        return changed;
    }

    /** The state is compared in the statement that sets it; what was read before is only for the hooks. */
    Tenant change(Operation operation, Tenant before, TenantState to, Change change, Connection transaction)
            throws SQLException {
        if (!operation.from().contains(before.state())) {
            throw new TenantStateException(operation.word(), before, operation.from(), operation.remedy());
        }
        transactions.before(operation.step(), before, transaction);
        Tenant after;
        try {
            after = TenantWriter.on(transaction).changeState(before.key(), operation.from(), to, change);
        } catch (TenantStateException e) {
            throw new TenantStateException(operation.word(), e.tenant(), operation.from(), operation.remedy());
        }
        transactions.after(operation.step(), after, transaction);
        return after;
    }

    private static TenantState beforeDeletion(Connection transaction, Tenant tenant) {
        ErasureWriter erasures = ErasureWriter.on(transaction);
        Optional<Erasure> erasure = erasures.find(tenant.key());
        if (erasure.isPresent()) {
            throw new TenantStateException(
                    Operation.RESTORE.word(),
                    tenant,
                    Operation.RESTORE.from(),
                    "Its rows are being erased or are gone since "
                            + erasure.get().begunAt() + ". "
                            + erasure.get()
                                    .archive()
                                    .map(archive -> "Import its archive, " + archive + ", as a new tenant.")
                                    .orElse("They were not exported."));
        }
        // Who was shut out before must not come back in by being deleted and restored.
        return erasures.lastWorkingState(tenant.key()).orElse(TenantState.SUSPENDED);
    }

    static Tenant existing(TenantWriter writer, TenantKey key) {
        return writer.find(key)
                .orElseThrow(
                        () -> new TenantRegistryException("There is no tenant " + key + " in the registry.", null));
    }

    /**
     * Begins to deprovision a tenant: its rows are exported, the export is verified, the rows are erased and looked for once
     * more. Nothing happens before {@link Deprovisioning#run}.
     *
     * @param key the tenant
     * @return what takes the settings
     * @throws IllegalStateException if this lifecycle was not told where the rows are
     */
    public Deprovisioning deprovision(TenantKey key) {
        if (rowsAsApplication == null || rowsAsAdmin == null) {
            throw new IllegalStateException(
                    "This lifecycle does not know where the rows of tenants are. Give its builder"
                            + " rows(application, admin).");
        }
        return new Deprovisioning(this, key, rowsAsApplication, rowsAsAdmin);
    }

    RegistryTransactions transactions() {
        return transactions;
    }

    BoundaryEvents events() {
        return events;
    }

    /** The settings of a {@link TenantLifecycle}. Not for use by several threads. */
    public static final class Builder {

        private final DataSource registryAdmin;
        private final List<TenantHook> hooks = new ArrayList<>();
        private BoundaryEvents events = new BoundaryEvents(List.of());
        private @Nullable DataSource rowsAsApplication;
        private @Nullable DataSource rowsAsAdmin;

        private Builder(DataSource registryAdmin) {
            this.registryAdmin = Objects.requireNonNull(registryAdmin, "registryAdmin");
        }

        /**
         * Adds a hook. Hooks are called in the order in which they were added.
         *
         * @param hook the hook
         * @return this
         */
        public Builder hook(TenantHook hook) {
            hooks.add(Objects.requireNonNull(hook, "hook"));
            return this;
        }

        /**
         * Where {@link TenantLifecycleEvent}s go. Default: nowhere.
         *
         * @param listeners those who hear them
         * @return this
         */
        public Builder events(BoundaryEvents listeners) {
            this.events = Objects.requireNonNull(listeners, "listeners");
            return this;
        }

        /**
         * Where the rows of tenants are, which {@link TenantLifecycle#deprovision} needs. Data sources that follow the open scope
         * ({@code RegionalDataSource}) will do.
         *
         * @param application connections of the application role
         * @param admin connections of the admin role
         * @return this
         */
        public Builder rows(DataSource application, DataSource admin) {
            this.rowsAsApplication = Objects.requireNonNull(application, "application");
            this.rowsAsAdmin = Objects.requireNonNull(admin, "admin");
            return this;
        }

        /**
         * Makes the lifecycle.
         *
         * @return the lifecycle
         */
        public TenantLifecycle build() {
            return new TenantLifecycle(
                    new RegistryTransactions(registryAdmin, hooks, false), events, rowsAsApplication, rowsAsAdmin);
        }
    }
}
