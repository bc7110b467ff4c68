package dev.boundary.tenants.lifecycle;

import dev.boundary.core.TenantKey;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantConflictException;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.registry.TenantStateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle of tenants: provision, suspend, resume, delete, restore, deprovision. Each operation is one transaction
 * on the registry as the admin role, with the service's hooks in it. An event afterwards and the audit tell what
 * happened.
 *
 * {@snippet file="dev/boundary/tenants/lifecycle/TenantLifecycleTest.java" region="lifecycle"}
 *
 * <table>
 * <caption>From which state to which</caption>
 * <tr><th>operation</th><th>requires a tenant that is</th><th>makes it</th></tr>
 * <tr><td>provision</td><td>not registered</td><td>ACTIVE</td></tr>
 * <tr><td>suspend</td><td>ACTIVE</td><td>SUSPENDED</td></tr>
 * <tr><td>resume</td><td>SUSPENDED</td><td>ACTIVE</td></tr>
 * <tr><td>delete</td><td>ACTIVE, SUSPENDED</td><td>DELETED; its rows stay</td></tr>
 * <tr><td>restore</td><td>DELETED, DELETING, as long as no row was erased</td>
 *     <td>ACTIVE, or SUSPENDED if it was that</td></tr>
 * <tr><td>deprovision</td><td>SUSPENDED, DELETED, DELETING</td><td>DELETING, then DELETED; its rows are gone</td></tr>
 * </table>
 *
 * <p>Of several operations on one tenant at once, one succeeds; the others are refused with the tenant's new state.
 *
 * <p>Immutable and safe for use by several threads if the data sources are.
 *
 * @since 0.1
 */
public final class TenantLifecycle {

    private final StateChanges changes;
    private final @Nullable DataSource rowsAsApplication;
    private final @Nullable DataSource rowsAsAdmin;

    private TenantLifecycle(
            StateChanges changes, @Nullable DataSource rowsAsApplication, @Nullable DataSource rowsAsAdmin) {
        this.changes = changes;
        this.rowsAsApplication = rowsAsApplication;
        this.rowsAsAdmin = rowsAsAdmin;
    }

    /**
     * Starts building a lifecycle.
     *
     * @param registryAdmin connections of the admin role to the database with the registry
     * @return a builder
     */
    public static Builder builder(DataSource registryAdmin) {
        return new Builder(registryAdmin);
    }

    /**
     * A lifecycle that rolls back each operation at the end. It shows what would happen, runs no hook, changes nothing
     * and publishes no event.
     *
     * @return a lifecycle for dry runs
     */
    public TenantLifecycle dryRun() {
        StateChanges none = new StateChanges(changes.transactions().dryRun(), new EventPublisher(List.of()));
        return new TenantLifecycle(none, rowsAsApplication, rowsAsAdmin);
    }

    /**
     * Provisions a tenant. If one with the same key, slug and name exists, and is neither deleted nor being
     * deprovisioned, nothing is done, so that the call can be repeated when its outcome is unknown.
     *
     * @param tenant the tenant, which must be {@link TenantState#ACTIVE}
     * @param change who does it and why
     * @return the tenant as it is in the registry, and whether it was created now
     * @throws TenantConflictException if another one has its key or its slug, or it was deleted
     * @throws TenantHookException if a hook threw; nothing is left
     * @throws IllegalArgumentException if it is not active, or the registry does not accept one of its values
     * @throws TenantRegistryException if the database refuses
     */
    public Provisioned provision(Tenant tenant, Change change) {
        return new Provisioning(changes).provision(tenant, change);
    }

    /**
     * Suspends a tenant: it cannot work until it is resumed.
     *
     * @param key the key of the tenant
     * @param change who does it and why
     * @return the tenant as it is now
     * @throws TenantStateException if it is not active
     * @throws TenantHookException if a hook threw; nothing was changed
     * @throws TenantRegistryException if there is no such tenant, or the database refuses
     */
    public Tenant suspend(TenantKey key, Change change) {
        return changes.apply(LifecycleOperation.SUSPEND, key, TenantState.SUSPENDED, change);
    }

    /**
     * Resumes a suspended tenant.
     *
     * @param key the key of the tenant
     * @param change who does it and why
     * @return the tenant as it is now
     * @throws TenantStateException if it is not suspended
     * @throws TenantHookException if a hook threw; nothing was changed
     * @throws TenantRegistryException if there is no such tenant, or the database refuses
     */
    public Tenant resume(TenantKey key, Change change) {
        return changes.apply(LifecycleOperation.RESUME, key, TenantState.ACTIVE, change);
    }

    /**
     * Deletes a tenant so that it can be restored: its rows stay.
     *
     * @param key the key of the tenant
     * @param change who does it and why
     * @return the tenant as it is now
     * @throws TenantStateException if it is neither active nor suspended
     * @throws TenantHookException if a hook threw; nothing was changed
     * @throws TenantRegistryException if there is no such tenant, or the database refuses
     */
    public Tenant delete(TenantKey key, Change change) {
        return changes.apply(LifecycleOperation.DELETE, key, TenantState.DELETED, change);
    }

    /**
     * Restores a deleted tenant, or one that is being deprovisioned, as long as no row was erased. A tenant that was
     * suspended before is suspended again.
     *
     * @param key the key of the tenant
     * @param change who does it and why
     * @return the tenant as it is now
     * @throws TenantStateException if it is not deleted, or its rows are being erased or are gone
     * @throws TenantHookException if a hook threw; nothing was changed
     * @throws TenantRegistryException if there is no such tenant, or the database refuses
     */
    public Tenant restore(TenantKey key, Change change) {
        return changes.apply(LifecycleOperation.RESTORE, key, null, change);
    }

    /**
     * A deprovisioning of a tenant: its rows are exported, the export is verified, the rows are erased and looked for
     * once more. Nothing happens before {@link Deprovisioning#run}.
     *
     * @param key the key of the tenant
     * @return the deprovisioning
     * @throws IllegalStateException if the builder was not given {@link Builder#rows}
     */
    public Deprovisioning deprovision(TenantKey key) {
        if (rowsAsApplication == null || rowsAsAdmin == null) {
            throw new IllegalStateException(
                    "This lifecycle does not know where the rows of tenants are. Give its builder"
                            + " rows(application, admin).");
        }
        return new Deprovisioning(changes, key, DeprovisioningSettings.of(rowsAsApplication, rowsAsAdmin));
    }

    /**
     * Builds a {@link TenantLifecycle}. Not safe for use by several threads.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final DataSource registryAdmin;
        private final List<TenantHook> hooks = new ArrayList<>();
        private final List<BoundaryListener> listeners = new ArrayList<>();
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
         * Adds a listener, which receives a {@link TenantLifecycleEvent} after each change.
         *
         * @param listener the listener
         * @return this
         */
        public Builder listener(BoundaryListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Where the rows of tenants are; required by {@link TenantLifecycle#deprovision}. Data sources that follow the
         * open scope ({@code RegionalDataSource}) are fine.
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
         * Builds the lifecycle.
         *
         * @return the lifecycle
         */
        public TenantLifecycle build() {
            RegistryTransactions transactions = new RegistryTransactions(registryAdmin, hooks, false);
            return new TenantLifecycle(
                    new StateChanges(transactions, new EventPublisher(listeners)), rowsAsApplication, rowsAsAdmin);
        }
    }
}
