package dev.boundary.tenants.isolation;

import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.Placement.SharedTables;
import dev.boundary.core.routing.UnknownPlacementException;
import dev.boundary.registry.TenantWork;
import dev.boundary.registry.TenantWork.Progress;
import dev.boundary.registry.WorkSummary;
import dev.boundary.registry.WorkSummary.Failure;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Migrates the schemas and databases of tenants that have one of their own, several at a time. The shared tables are
 * migrated separately, once.
 *
 * {@snippet file="dev/boundary/tenants/isolation/IsolatedMigrationsTest.java" region="migrate"}
 *
 * <p>A failure for one tenant does not stop the others. Each place records in its database which migrations it has had,
 * in the transaction of the migration itself: a run that was killed is simply run again, and does what is missing. An
 * advisory lock for each place keeps two runs apart; the second waits and finds the work done. What a killed run has left of
 * Liquibase's lock in the place's schema is released; settings that a migration made on its connection end with it.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class IsolatedMigrations {

    /** Held for one place at a time in this process: tools that keep a record of their own are not thread-safe. */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock(true);

    private final Function<? super Placement, ? extends DataSource> owners;
    private final Function<? super Tenant, ? extends Placement> placements;
    private final Settings settings;

    /** How migrations are run. */
    private record Settings(
            int parallelism,
            boolean repeated,
            boolean stopsAtFailure,
            Duration lockTimeout,
            Consumer<Progress> progress) {

        static final Settings DEFAULT = new Settings(1, false, false, Duration.ofMinutes(10), progress -> {});

        Settings withParallelism(int places) {
            return new Settings(places, repeated, stopsAtFailure, lockTimeout, progress);
        }

        Settings withRepetition() {
            return new Settings(parallelism, true, stopsAtFailure, lockTimeout, progress);
        }

        Settings withStopAtFailure() {
            return new Settings(parallelism, repeated, true, lockTimeout, progress);
        }

        Settings withLockTimeout(Duration timeout) {
            return new Settings(parallelism, repeated, stopsAtFailure, timeout, progress);
        }

        Settings withProgress(Consumer<Progress> listener) {
            return new Settings(parallelism, repeated, stopsAtFailure, lockTimeout, listener);
        }
    }

    private IsolatedMigrations(
            Function<? super Placement, ? extends DataSource> owners,
            Function<? super Tenant, ? extends Placement> placements,
            Settings settings) {
        this.owners = owners;
        this.placements = placements;
        this.settings = settings;
    }

    private IsolatedMigrations with(Settings changed) {
        return new IsolatedMigrations(owners, placements, changed);
    }

    /**
     * Migrations of one place at a time, as the owner of the tables.
     *
     * @param owners gives connections to a place's database of the role that owns the tables; one for each tenant at a
     *     time, not pooled by transaction, because the lock belongs to the connection. Their search path does not
     *     matter
     * @return the migrations
     */
    public static IsolatedMigrations of(Function<? super Placement, ? extends DataSource> owners) {
        return new IsolatedMigrations(Objects.requireNonNull(owners, "owners"), Placement::of, Settings.DEFAULT);
    }

    /**
     * Determines a tenant's placement in another way. Default: {@link Placement#of(Tenant)}.
     *
     * @param lookup returns the placement of a tenant
     * @return migrations of the places it returns
     */
    public IsolatedMigrations withPlacements(Function<? super Tenant, ? extends Placement> lookup) {
        return new IsolatedMigrations(owners, Objects.requireNonNull(lookup, "lookup"), settings);
    }

    /**
     * Migrates several places at once. Default: one. The migration must be safe for use by several threads; Liquibase
     * is not, so {@linkplain #withRepetition() repeated} migrations run one at a time all the same.
     *
     * @param places more than zero
     * @return migrations of that many places at once
     * @throws IllegalArgumentException if it is not
     */
    public IsolatedMigrations withParallelism(int places) {
        if (places <= 0) {
            throw new IllegalArgumentException("The parallelism must be more than zero, not " + places + ".");
        }
        return with(settings.withParallelism(places));
    }

    /**
     * Runs a migration also in places that have had it: for tools that keep a record of their own, as Liquibase does.
     * Default: it is skipped there.
     *
     * <p>Such migrations run one at a time in one process, whatever the parallelism: Liquibase is not thread-safe, and
     * with several of its updates at once some places would keep its lock. To be faster, give several processes some
     * tenants each.
     *
     * @return migrations that are repeated
     */
    public IsolatedMigrations withRepetition() {
        return with(settings.withRepetition());
    }

    /**
     * Starts no more places after the first failure. Default: a failure stops nothing.
     *
     * @return migrations that stop at a failure
     */
    public IsolatedMigrations withStopAtFailure() {
        return with(settings.withStopAtFailure());
    }

    /**
     * Limits how long it waits for another run that migrates the same place. Default: ten minutes.
     *
     * @param timeout a millisecond at least, and 24 days at most
     * @return migrations with that limit
     * @throws IllegalArgumentException if it is out of range
     */
    public IsolatedMigrations withLockTimeout(Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "The lock timeout must be between a millisecond and 24 days, not " + timeout + ".");
        }
        return with(settings.withLockTimeout(timeout));
    }

    /**
     * Reports progress after each tenant, one call at a time. Default: to no one.
     *
     * @param listener receives progress; {@link #run} throws in the end what it throws
     * @return migrations that report to the listener
     */
    public IsolatedMigrations withProgress(Consumer<Progress> listener) {
        return with(settings.withProgress(Objects.requireNonNull(listener, "listener")));
    }

    /**
     * Migrates the places of those tenants that have one of their own and are active or suspended, and waits for the
     * end.
     *
     * @param name the migration's name, by which a place records it: give each its own, a version say; not blank
     * @param tenants the tenants; those in the shared tables are left out
     * @param migration the migration
     * @return the outcome for each tenant
     * @throws IllegalArgumentException if the name is blank
     * @throws UnknownPlacementException if a tenant's placement cannot be determined; nothing was migrated
     * @throws InterruptedException if this thread is interrupted; then the threads at work are interrupted too, and
     *     waited for
     */
    public MigrationSummary run(String name, Collection<Tenant> tenants, PlaceMigration migration)
            throws InterruptedException {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A migration needs a name, by which each place records it.");
        }
        Set<Tenant> upToDate = ConcurrentHashMap.newKeySet();
        WorkSummary summary = work(isolated(tenants)).run(tenant -> {
            if (!migrate(name, tenant, migration)) {
                upToDate.add(tenant);
            }
        });
        return summary(summary, upToDate);
    }

    private List<Tenant> isolated(Collection<Tenant> tenants) {
        return tenants.stream()
                .filter(tenant -> !(placements.apply(tenant) instanceof SharedTables))
                .toList();
    }

    private TenantWork work(List<Tenant> tenants) {
        TenantWork work = TenantWork.forEach(tenants)
                .inStates(TenantState.ACTIVE, TenantState.SUSPENDED)
                .withParallelism(settings.parallelism())
                .withProgress(settings.progress());
        return settings.stopsAtFailure() ? work.withStopAtFailure() : work;
    }

    private boolean migrate(String name, Tenant tenant, PlaceMigration migration) throws Exception {
        Placement placement = placements.apply(tenant);
        PlaceMigrationRun run =
                new PlaceMigrationRun(name, tenant, placement, settings.repeated(), settings.lockTimeout());
        if (!settings.repeated()) {
            return run.run(owners.apply(placement), migration);
        }
        ONE_AT_A_TIME.lockInterruptibly();
        try {
            return run.run(owners.apply(placement), migration);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static MigrationSummary summary(WorkSummary summary, Set<Tenant> upToDate) {
        return new MigrationSummary(
                summary.succeeded().stream()
                        .filter(tenant -> !upToDate.contains(tenant))
                        .toList(),
                summary.succeeded().stream().filter(upToDate::contains).toList(),
                summary.failed(),
                summary.notStarted(),
                summary.duration());
    }

    /**
     * The outcome of a migration. Each tenant that has a place of its own is in exactly one of the lists. Immutable.
     *
     * @param migrated the tenants whose places were migrated
     * @param upToDate the tenants whose places had been migrated before
     * @param failed the tenants for which the migration threw; their places are as they were, as far as the migration
     *     left that to the transaction
     * @param notStarted the tenants for which it was not started, because it had failed for another
     * @param duration how long the whole run took
     * @since 0.1
     */
    public record MigrationSummary(
            List<Tenant> migrated,
            List<Tenant> upToDate,
            List<Failure> failed,
            List<Tenant> notStarted,
            Duration duration) {

        /** Copies the lists. */
        public MigrationSummary {
            migrated = List.copyOf(migrated);
            upToDate = List.copyOf(upToDate);
            failed = List.copyOf(failed);
            notStarted = List.copyOf(notStarted);
        }

        /**
         * Whether all places are migrated now.
         *
         * @return true if none failed and none was left out
         */
        public boolean isComplete() {
            return failed.isEmpty() && notStarted.isEmpty();
        }

        /**
         * The exit code for a command that ran the migration.
         *
         * @return 0 if all places are migrated, else 1
         */
        public int exitCode() {
            return isComplete() ? 0 : 1;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("%d migrated, %d up to date, %d failed, %d not started, in %s"
                    .formatted(migrated.size(), upToDate.size(), failed.size(), notStarted.size(), duration));
            failed.forEach(failure -> text.append("\n  ").append(failure));
            return text.toString();
        }
    }
}
