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
 * Does the same work for many tenants, each in its own scope and on a virtual thread of its own, some at a time.
 *
 * {@snippet file="dev/boundary/registry/TenantWorkTest.java" region="work"}
 *
 * <p>An object of this class is not for use by several threads; the work is called by several.
 *
 * @since 0.1
 */
public final class TenantWork {

    private final Collection<Tenant> tenants;
    private Predicate<Tenant> filter = tenant -> true;
    private Set<TenantState> states = EnumSet.of(TenantState.ACTIVE);
    private int parallelism = 1;
    private boolean stopsAtFailure;
    private Consumer<Progress> progress = step -> {};

    private TenantWork(Collection<Tenant> tenants) {
        this.tenants = List.copyOf(tenants);
    }

    /**
     * For some tenants, as far as they are active.
     *
     * @param tenants the tenants; copied
     * @return what takes the rest of the settings
     */
    public static TenantWork forEach(Collection<Tenant> tenants) {
        return new TenantWork(tenants);
    }

    /**
     * Takes tenants in other states. Default: active ones.
     *
     * @param first a state
     * @param others more
     * @return this
     */
    public TenantWork inStates(TenantState first, TenantState... others) {
        this.states = EnumSet.of(first, others);
        return this;
    }

    /**
     * Takes only the tenants of one region.
     *
     * @param region its name
     * @return this
     */
    public TenantWork inRegion(String region) {
        return matching(tenant -> tenant.region().filter(region::equals).isPresent());
    }

    /**
     * Leaves tenants out.
     *
     * @param slugs their slugs
     * @return this
     */
    public TenantWork except(Slug... slugs) {
        Set<Slug> excluded = Set.of(slugs);
        return matching(tenant -> !excluded.contains(tenant.slug()));
    }

    /**
     * Takes only the tenants for which a condition holds, and those before.
     *
     * @param condition the condition
     * @return this
     */
    public TenantWork matching(Predicate<Tenant> condition) {
        this.filter = filter.and(condition);
        return this;
    }

    /**
     * For how many tenants it works at once. More than the pool has connections is of no use. Default: one.
     *
     * @param atOnce more than zero
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    public TenantWork parallelism(int atOnce) {
        if (atOnce <= 0) {
            throw new IllegalArgumentException("The parallelism must be more than zero, not " + atOnce + ".");
        }
        this.parallelism = atOnce;
        return this;
    }

    /**
     * Begins no more work after the first failure; what is under way is finished. Default: a failure stops nothing.
     *
     * @return this
     */
    public TenantWork stopAtFailure() {
        this.stopsAtFailure = true;
        return this;
    }

    /**
     * Tells what is done, after each tenant, one call at a time.
     *
     * @param listener the listener; what it throws is what {@link #run} throws in the end
     * @return this
     */
    public TenantWork onProgress(Consumer<Progress> listener) {
        this.progress = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * How far it is.
     *
     * @param done for how many tenants it has ended, well or not
     * @param total for how many it is to be done
     * @param tenant the one for which it has just ended
     * @param error what it threw for this one, or null
     */
    public record Progress(
            int done, int total, Tenant tenant, @Nullable Throwable error) {}

    /** What is done for one tenant. */
    @FunctionalInterface
    public interface Task {

        /**
         * Does it, in the scope of the tenant.
         *
         * @param tenant the tenant
         * @throws Exception whatever it throws is a failure for this tenant
         */
        void run(Tenant tenant) throws Exception;
    }

    /**
     * Does the work, and waits for its end.
     *
     * @param task the work for one tenant
     * @return what became of it
     * @throws InterruptedException if this thread is interrupted; then the threads at work are interrupted too, and
     *     waited for
     */
    public WorkSummary run(Task task) throws InterruptedException {
        List<Tenant> chosen = tenants.stream()
                .filter(tenant -> states.contains(tenant.state()))
                .filter(filter)
                .toList();
        return new Run(task, chosen).run();
    }

    /** One run. Its lock guards all that its threads share. */
    private final class Run {

        private final Task task;
        private final int total;
        private final Iterator<Tenant> remaining;
        private final List<Tenant> succeeded = new ArrayList<>();
        private final List<Failure> failed = new ArrayList<>();
        private boolean stopped;
        private @Nullable RuntimeException listenerFailure;

        Run(Task task, List<Tenant> chosen) {
            this.task = task;
            this.total = chosen.size();
            this.remaining = chosen.iterator();
        }

        WorkSummary run() throws InterruptedException {
            long start = System.nanoTime();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < Math.min(parallelism, total); i++) {
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
            } catch (Throwable e) { // an Error of one tenant's work must not hide what became of the others
                return e;
            }
        }

        private synchronized void ended(Tenant tenant, @Nullable Throwable error) {
            if (error == null) {
                succeeded.add(tenant);
            } else {
                failed.add(new Failure(tenant, error));
                stopped |= stopsAtFailure;
            }
            try {
                progress.accept(new Progress(succeeded.size() + failed.size(), total, tenant, error));
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
