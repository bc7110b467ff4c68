package dev.boundary.core;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.Scope.UnscopedScope;
import java.lang.ScopedValue.CallableOp;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens a {@link Scope} for a piece of code, and says which scope is open.
 *
 * {@snippet file="dev/boundary/core/TenantContextTest.java" region="where"}
 *
 * <p>The context is a {@link ScopedValue}: it ends with the code it was opened for, whether that returns or throws, and
 * the end of a nested scope restores the outer one. There is nothing to set, clear or restore. Threads forked by
 * {@code StructuredTaskScope} inherit it; other threads (executors, {@code CompletableFuture}) start without a scope,
 * so a statement on them is refused until they open one. A task from {@code wrap} runs there in the scope of the
 * code that wrapped it:
 *
 * {@snippet file="dev/boundary/core/PropagationTest.java" region="wrap"}
 *
 * <p>All methods may be called from any thread.
 *
 * @since 0.1
 */
public final class TenantContext {

    private TenantContext() {}

    /**
     * Prepares a scope that sees the rows of one tenant.
     *
     * @param tenant the tenant's key
     * @return the scope, ready to be opened
     */
    public static Opening where(TenantKey tenant) {
        return where(new TenantScope(tenant));
    }

    /**
     * Prepares a given scope, for example one that was captured with {@link #require()} in another thread.
     *
     * @param scope the scope
     * @return the scope, ready to be opened
     */
    public static Opening where(Scope scope) {
        return new Opening(new CapturedScope(Objects.requireNonNull(scope, "scope")));
    }

    /**
     * Prepares a scope that sees the rows of all tenants. Its statements run on the admin connection source, under
     * another database role, and each leaves an audit event.
     *
     * @param reason why this code must see all tenants, for the audit; not blank
     * @return the scope, ready to be opened
     * @throws IllegalArgumentException if the reason is blank
     */
    public static Opening unscoped(String reason) {
        return where(new UnscopedScope(reason));
    }

    /**
     * The scope that is open in this thread.
     *
     * @return the scope, or empty if none is open
     */
    public static Optional<Scope> current() {
        return Optional.ofNullable(CapturedScope.open());
    }

    /**
     * The scope that is open in this thread.
     *
     * @return the scope
     * @throws TenantNotSetException if none is open
     */
    public static Scope require() {
        return current().orElseThrow(() -> TenantNotSetException.noScope("This code"));
    }

    /**
     * The tenant whose scope is open in this thread.
     *
     * @return the tenant's key
     * @throws TenantNotSetException if no scope is open, or an unscoped one
     */
    public static TenantKey requireTenant() {
        return switch (require()) {
            case TenantScope scope -> scope.tenant();
            case UnscopedScope unscoped -> throw TenantNotSetException.unscoped("This code", unscoped);
        };
    }

    /**
     * Makes a task keep the scope that is open now, whichever thread runs it. Where no scope is open now, it runs
     * without one.
     *
     * @param task the task
     * @return the task in the scope of the caller
     */
    public static Runnable wrap(Runnable task) {
        return CapturedScope.now().runnable(task);
    }

    /**
     * Makes a task keep the scope that is open now, as {@link #wrap(Runnable)} does.
     *
     * @param task the task
     * @param <V> the type of its result
     * @return the task in the scope of the caller
     */
    public static <V extends @Nullable Object> Callable<V> wrap(Callable<V> task) {
        return CapturedScope.now().callable(task);
    }

    /**
     * Makes a supplier keep the scope that is open now, as {@link #wrap(Runnable)} does. It has a name of its own
     * because a lambda could be a {@link Callable} as well.
     *
     * @param supplier the supplier
     * @param <T> the type of its result
     * @return the supplier in the scope of the caller
     */
    public static <T extends @Nullable Object> Supplier<T> wrapSupplier(Supplier<T> supplier) {
        return CapturedScope.now().supplier(supplier);
    }

    /**
     * Makes an executor run each task in the scope that is open where the task is handed to it.
     *
     * @param executor the executor
     * @return a view of the executor
     */
    public static Executor wrap(Executor executor) {
        Objects.requireNonNull(executor, "executor");
        return task -> executor.execute(wrap(task));
    }

    /**
     * Makes an executor run each task in the scope that is open where the task is handed to it.
     *
     * @param executor the executor
     * @return a view of the executor; shutting it down or closing it does the same to the executor, and
     *     {@code shutdownNow} returns the wrapped tasks
     */
    public static ExecutorService wrap(ExecutorService executor) {
        return new ScopedExecutorService(Objects.requireNonNull(executor, "executor"));
    }

    /**
     * Makes an executor run each task in the scope that is open where the task is scheduled, a periodic one each time.
     *
     * @param executor the executor
     * @return a view of the executor; shutting it down or closing it does the same to the executor
     */
    public static ScheduledExecutorService wrap(ScheduledExecutorService executor) {
        return new ScopedScheduledExecutorService(Objects.requireNonNull(executor, "executor"));
    }

    /**
     * Makes the callbacks of a future run in the scope that is open where they are attached. Without this they run in
     * the scope of whichever thread completes the future, which may be another tenant's: a future that is shared, by a
     * cache say, needs it.
     *
     * @param stage the future
     * @param <T> the type of its result
     * @return a future that completes as the given one does; futures derived from it are wrapped, too; cancelling or
     *     completing it does not affect the given one
     */
    public static <T extends @Nullable Object> CompletableFuture<T> wrap(CompletionStage<T> stage) {
        return ScopedFuture.of(Objects.requireNonNull(stage, "stage"));
    }

    /**
     * A scope that is ready to be opened. Immutable; may be used more than once and by several threads.
     */
    public static final class Opening {

        private final CapturedScope scope;

        private Opening(CapturedScope scope) {
            this.scope = scope;
        }

        /**
         * Runs code in the scope.
         *
         * @param action the code; its exceptions are passed on
         */
        public void run(Runnable action) {
            scope.run(action);
        }

        /**
         * Runs code in the scope and returns its result.
         *
         * @param action the code
         * @param <R> the type of the result
         * @param <X> the type of exception that the code throws, checked or not
         * @return what the code returned
         * @throws X if the code throws it
         */
        public <R, X extends Throwable> R call(CallableOp<? extends R, X> action) throws X {
            return scope.call(action);
        }
    }
}
