package dev.boundary.tenants.isolation;

import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.registry.TenantWork;
import dev.boundary.registry.TenantWork.Progress;
import dev.boundary.registry.WorkSummary;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Migrates the schemas and databases that tenants have for themselves, several at a time. The shared tables are migrated
 * once, as ever, and not by this.
 *
 * {@snippet file="dev/boundary/tenants/isolation/IsolatedMigrationsTest.java" region="migrate"}
 *
 * <p>A failure for one tenant stops none of the others. Each place remembers, in its database, which migrations it has had,
 * in the transaction of the migration itself: a run that was killed is simply run again, and does what is missing. An
 * advisory lock for each place keeps two runs apart; the second waits and finds the work done.
 *
 * <p>An object of this class is not for use by several threads.
 */
public final class IsolatedMigrations {

    private static final Duration DEFAULT_WAIT = Duration.ofMinutes(10);

    private final Function<? super Placement, ? extends DataSource> owners;
    private Function<? super Tenant, ? extends Placement> placements = Placement::of;
    private int parallelism = 1;
    private boolean again;
    private boolean stopsAtFailure;
    private Duration lockTimeout = DEFAULT_WAIT;
    private Consumer<Progress> progress = step -> {};

    private IsolatedMigrations(Function<? super Placement, ? extends DataSource> owners) {
        this.owners = Objects.requireNonNull(owners, "owners");
    }

    /**
     * Begins.
     *
     * @param owners gives connections of the role that owns the tables to a place's database; one for each tenant at a
     *     time, not pooled by transaction, since the lock belongs to the connection. What the search path is there does not
     *     matter
     * @return what takes the rest of the settings
     */
    public static IsolatedMigrations connecting(Function<? super Placement, ? extends DataSource> owners) {
        return new IsolatedMigrations(owners);
    }

    /**
     * How a tenant's placement is told. Default: {@link Placement#of(Tenant)}.
     *
     * @param lookup tells it
     * @return this
     */
    public IsolatedMigrations placedBy(Function<? super Tenant, ? extends Placement> lookup) {
        this.placements = Objects.requireNonNull(lookup, "lookup");
        return this;
    }

    /**
     * How many places are migrated at once. Default: one.
     *
     * @param atOnce more than zero
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public IsolatedMigrations parallelism(int atOnce) {
        if (atOnce <= 0) {
            throw new IllegalArgumentException("The parallelism must be more than zero, not " + atOnce + ".");
        }
        this.parallelism = atOnce;
        return this;
    }

    /**
     * Runs the migration also where it has been done: for tools that keep a record of their own, as Liquibase does. Default:
     * not.
     *
     * @return this
     */
    public IsolatedMigrations again() {
        this.again = true;
        return this;
    }

    /**
     * Begins no more places after the first failure. Default: a failure stops nothing.
     *
     * @return this
     */
    public IsolatedMigrations stopAtFailure() {
        this.stopsAtFailure = true;
        return this;
    }

    /**
     * How long it waits for another run to be done with a place. Default: ten minutes.
     *
     * @param wait a millisecond at least, and 24 days at most
     * @return this
     * @throws IllegalArgumentException if it is less or more
     */
    public IsolatedMigrations lockTimeout(Duration wait) {
        if (wait.toMillis() < 1 || wait.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("It can wait between a millisecond and 24 days, not " + wait + ".");
        }
        this.lockTimeout = wait;
        return this;
    }

    /**
     * Tells what is done, after each tenant, one call at a time.
     *
     * @param listener the listener; what it throws is what {@link #run} throws in the end
     * @return this
     */
    public IsolatedMigrations onProgress(Consumer<Progress> listener) {
        this.progress = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * A place that is being migrated.
     *
     * @param tenant whose own it is
     * @param placement the place
     * @param schema the schema for its tables, which is first on the connection's search path
     */
    public record Place(Tenant tenant, Placement placement, String schema) {}

    /** What is done in each place. */
    @FunctionalInterface
    public interface Migration {

        /**
         * Migrates one place. What it does in the transaction that is open is committed together with the note that it is
         * done, and rolled back if it throws. It may commit by itself; what it had committed when it was killed, it meets
         * when it is run again.
         *
         * @param connection a connection of the owner, not in autocommit, with the place's schema first on its search path;
         *     to close it does nothing
         * @param place the place
         * @throws Exception whatever it throws is a failure for this tenant
         */
        void run(Connection connection, Place place) throws Exception;
    }

    /**
     * Migrates the places of those tenants that have one of their own and are active or suspended, and waits for the end.
     *
     * @param name what the migration is called, by which a place remembers it: give each its own, a version say; not blank
     * @param tenants the tenants; those in the shared tables are left out
     * @param migration the migration
     * @return what became of it
     * @throws IllegalArgumentException if the name is blank
     * @throws dev.boundary.core.routing.UnknownPlacementException if it cannot be told where a tenant is; nothing was
     *     migrated
     * @throws InterruptedException if this thread is interrupted; then the threads at work are interrupted too, and waited for
     */
    public MigrationSummary run(String name, Collection<Tenant> tenants, Migration migration)
            throws InterruptedException {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A migration needs a name, by which each place remembers it.");
        }
        List<Tenant> isolated = tenants.stream()
                .filter(tenant -> !(placements.apply(tenant) instanceof SharedTables))
                .toList();
        Set<Tenant> upToDate = ConcurrentHashMap.newKeySet();
        TenantWork work = TenantWork.forEach(isolated)
                .inStates(TenantState.ACTIVE, TenantState.SUSPENDED)
                .parallelism(parallelism)
                .onProgress(progress);
        if (stopsAtFailure) {
            work.stopAtFailure();
        }
        WorkSummary summary = work.run(tenant -> {
            Placement placement = placements.apply(tenant);
            PlaceMigration one = new PlaceMigration(name, tenant, placement, again, lockTimeout);
            if (!one.run(owners.apply(placement), migration)) {
                upToDate.add(tenant);
            }
        });
        return new MigrationSummary(
                summary.succeeded().stream()
                        .filter(tenant -> !upToDate.contains(tenant))
                        .toList(),
                summary.succeeded().stream().filter(upToDate::contains).toList(),
                summary.failed(),
                summary.notStarted(),
                summary.duration());
    }
}
