package dev.boundary.registry;

import dev.boundary.core.TenantContext;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.registry.WorkSummary.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The same task for many tenants, each in its own scope and on a virtual thread of its own, some in parallel.
 *
 * {@snippet file="dev/boundary/registry/TenantWorkTest.java" region="work"}
 *
 * <p>Immutable and safe for use by several threads; so must be the task if tenants are worked on in parallel.
 *
 * @since 0.1
 */
public final class TenantWork {

    private final Collection<Tenant> tenants;
    private final Settings settings;

    private TenantWork(Collection<Tenant> tenants, Settings settings) {
        this.tenants = tenants;
        this.settings = settings;
    }

    private record Settings(
            Set<TenantState> states,
            Predicate<Tenant> filter,
            int parallelism,
            boolean stopsAtFailure,
            Consumer<Progress> progress) {

        boolean selects(Tenant tenant) {
            return states.contains(tenant.state()) && filter.test(tenant);
        }
    }

    /**
     * Work for those of some tenants that are active, one after the other.
     *
     * @param tenants the tenants; copied
     * @return the work, which {@link #run} does
     */
    public static TenantWork forEach(Collection<Tenant> tenants) {
        return new TenantWork(
                List.copyOf(tenants),
                new Settings(EnumSet.of(TenantState.ACTIVE), tenant -> true, 1, false, progress -> {}));
    }

    /**
     * Selects tenants in other states than {@link TenantState#ACTIVE}.
     *
     * @param first a state
     * @param others more states
     * @return work with this selection
     */
    public TenantWork inStates(TenantState first, TenantState... others) {
        return with(new Settings(
                EnumSet.of(first, others),
                settings.filter,
                settings.parallelism,
                settings.stopsAtFailure,
                settings.progress));
    }

    /**
     * Selects the tenants of one region.
     *
     * @param region its name
     * @return work with this selection
     */
    public TenantWork inRegion(String region) {
        return matching(tenant -> tenant.region().filter(region::equals).isPresent());
    }

    /**
     * Excludes tenants.
     *
     * @param slugs their slugs
     * @return work with this selection
     */
    public TenantWork except(Slug... slugs) {
        Set<Slug> excluded = Set.of(slugs);
        return matching(tenant -> !excluded.contains(tenant.slug()));
    }

    /**
     * Selects the tenants that fulfill a condition, besides all conditions so far.
     *
     * @param condition the condition
     * @return work with this selection
     */
    public TenantWork matching(Predicate<Tenant> condition) {
        return with(new Settings(
                settings.states,
                settings.filter.and(condition),
                settings.parallelism,
                settings.stopsAtFailure,
                settings.progress));
    }

    /**
     * Works on several tenants in parallel; more than the pool has connections is of no use. Default: one.
     *
     * @param tenantsAtOnce more than zero
     * @return work with this setting
     * @throws IllegalArgumentException if the number is zero or less
     */
    public TenantWork withParallelism(int tenantsAtOnce) {
        if (tenantsAtOnce <= 0) {
            throw new IllegalArgumentException("The parallelism must be more than zero, not " + tenantsAtOnce + ".");
        }
        return with(new Settings(
                settings.states, settings.filter, tenantsAtOnce, settings.stopsAtFailure, settings.progress));
    }

    /**
     * Begins no more tasks after the first failure; those under way are finished. Default: a failure stops nothing.
     *
     * @return work with this setting
     */
    public TenantWork withStopAtFailure() {
        return with(new Settings(settings.states, settings.filter, settings.parallelism, true, settings.progress));
    }

    /**
     * Reports the progress after each tenant, in one call at a time. Default: not reported.
     *
     * @param listener the listener; what it throws stops the work, and {@link #run} throws it in the end
     * @return work with this setting
     */
    public TenantWork withProgress(Consumer<Progress> listener) {
        Objects.requireNonNull(listener, "listener");
        return with(new Settings(
                settings.states, settings.filter, settings.parallelism, settings.stopsAtFailure, listener));
    }

    private TenantWork with(Settings changed) {
        return new TenantWork(tenants, changed);
    }

    /**
     * The progress of work.
     *
     * @param done for how many tenants the task has ended, with or without success
     * @param total how many tenants are selected
     * @param tenant the tenant for which it has just ended
     * @param error what it threw for this tenant; null if it succeeded
     */
    public record Progress(
            int done, int total, Tenant tenant, @Nullable Throwable error) {}

    /** The task for one tenant. Called by several threads at once if tenants are worked on in parallel. */
    @FunctionalInterface
    public interface Task {

        /**
         * Does the task, in the scope of the tenant.
         *
         * @param tenant the tenant
         * @throws Exception whatever it throws is a failure for this tenant
         */
        void run(Tenant tenant) throws Exception;
    }

    /**
     * Does the task for each selected tenant, and waits for the end of all.
     *
     * @param task the task for one tenant
     * @return for which tenants it succeeded, failed or was not started
     * @throws InterruptedException if this thread is interrupted; the threads of the work are then interrupted, too,
     *     and waited for
     */
    public WorkSummary run(Task task) throws InterruptedException {
        return new Run(task, tenants.stream().filter(settings::selects).toList(), settings).run();
    }

    /** One run. Its lock guards all that its threads share. */
    private static final class Run {

        private final Task task;
        private final Settings settings;
        private final int total;
        private final Iterator<Tenant> remaining;
        private final List<Tenant> succeeded = new ArrayList<>();
        private final List<Failure> failed = new ArrayList<>();
        private boolean stopped;
        private @Nullable RuntimeException listenerFailure;

        Run(Task task, List<Tenant> selected, Settings settings) {
            this.task = task;
            this.settings = settings;
            this.total = selected.size();
            this.remaining = selected.iterator();
        }

        WorkSummary run() throws InterruptedException {
            long start = System.nanoTime();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < Math.min(settings.parallelism, total); i++) {
                threads.add(Thread.ofVirtual().name("tenant-work-" + i).start(this::work));
            }
            await(threads);
            return summary(Duration.ofNanos(System.nanoTime() - start));
        }

        private void await(List<Thread> threads) throws InterruptedException {
            try {
                for (Thread thread : threads) {
                    thread.join();
                }
            } catch (InterruptedException interrupted) {
                stop();
                threads.forEach(Thread::interrupt);
                for (Thread thread : threads) {
                    thread.join();
                }
                throw interrupted;
            }
        }

        private synchronized void stop() {
            stopped = true;
        }

        private synchronized @Nullable Tenant next() {
            return stopped || !remaining.hasNext() ? null : remaining.next();
        }

        private void work() {
            for (Tenant tenant = next(); tenant != null; tenant = next()) {
                ended(tenant, errorOf(tenant));
            }
        }

        private @Nullable Throwable errorOf(Tenant tenant) {
            try {
                TenantContext.where(tenant.scope()).call(() -> {
                    task.run(tenant);
                    return tenant;
                });
                return null;
            } catch (Throwable e) { // an Error for one tenant must not hide the results for the others
                return e;
            }
        }

        private synchronized void ended(Tenant tenant, @Nullable Throwable error) {
            if (error == null) {
                succeeded.add(tenant);
            } else {
                failed.add(new Failure(tenant, error));
                stopped |= settings.stopsAtFailure;
            }
            report(new Progress(succeeded.size() + failed.size(), total, tenant, error));
        }

        private void report(Progress step) {
            try {
                settings.progress.accept(step);
            } catch (RuntimeException e) {
                listenerFailure = e;
                stopped = true;
            }
        }

        private synchronized WorkSummary summary(Duration duration) {
            if (listenerFailure != null) {
                throw listenerFailure;
            }
            List<Tenant> notStarted = new ArrayList<>();
            remaining.forEachRemaining(notStarted::add);
            return new WorkSummary(succeeded, failed, notStarted, duration);
        }
    }
}
