package dev.boundary.cli;

import dev.boundary.cli.work.RunReport;
import dev.boundary.cli.work.TenantTask;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.registry.TenantWork;
import dev.boundary.registry.WorkSummary;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs a task for each of some tenants, and cancels it when the process must end. */
final class TenantTaskRunner {

    private static final long SECONDS_TO_END = 20;

    private final List<Tenant> tenants;
    private final int parallel;
    private final boolean stopOnFailure;
    private final RunReport report;
    private final Map<Tenant, Long> started = new ConcurrentHashMap<>();
    private final AtomicInteger done = new AtomicInteger();

    TenantTaskRunner(List<Tenant> tenants, int parallel, boolean stopOnFailure, RunReport report) {
        this.tenants = tenants;
        this.parallel = parallel;
        this.stopOnFailure = stopOnFailure;
        this.report = report;
    }

    /** Runs the task; the result is the exit code. */
    int run(TenantTask task) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = cancelling(task, ended);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return runAll(task);
        } catch (InterruptedException e) {
            report.interrupted(done.get(), tenants.size());
            throw e;
        } finally {
            ended.countDown();
            remove(hook);
        }
    }

    private static Thread cancelling(TenantTask task, CountDownLatch ended) {
        Thread runner = Thread.currentThread();
        return new Thread(() -> {
            task.cancel();
            runner.interrupt();
            await(ended);
        });
    }

    private int runAll(TenantTask task) throws InterruptedException {
        WorkSummary summary = work().run(tenant -> {
            started.put(tenant, System.nanoTime());
            task.run(tenant);
        });
        report.summary(summary);
        return summary.exitCode();
    }

    private TenantWork work() {
        TenantWork work = TenantWork.forEach(tenants)
                .inStates(TenantState.ACTIVE, TenantState.values())
                .withParallelism(parallel)
                .withProgress(this::ended);
        return stopOnFailure ? work.withStopAtFailure() : work;
    }

    private void ended(TenantWork.Progress progress) {
        done.set(progress.done());
        Long start = started.get(progress.tenant());
        report.ended(
                progress.tenant(),
                error(progress.error()),
                Duration.ofNanos(start == null ? 0 : System.nanoTime() - start),
                progress.done(),
                progress.total());
    }

    private static @Nullable String error(@Nullable Throwable error) {
        return switch (error) {
            case null -> null;
            case SQLException e -> new DatabaseError(e).sentence();
            case InterruptedException e -> "interrupted";
            case CommandFailedException e -> e.getMessage();
            case TenantTask.TaskFailedException e -> e.getMessage();
            default -> error.toString();
        };
    }

    @SuppressWarnings("ResultOfMethodCallIgnored") // whichever comes first, the process ends
    private static void await(CountDownLatch ended) {
        try {
            ended.await(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook is what runs.
        }
    }
}
