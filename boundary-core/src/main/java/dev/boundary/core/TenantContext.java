package dev.boundary.core;

import java.lang.ScopedValue.CallableOp;
import java.util.Objects;
import java.util.Optional;

/**
 * Opens a {@link Scope} for a piece of code, and says which scope is open.
 *
 * {@snippet file="dev/boundary/core/TenantContextTest.java" region="where"}
 *
 * <p>The context is a {@link ScopedValue}: it ends with the code it was opened for, whether that returns or throws, and
 * nested scopes give way to the outer one by themselves. There is nothing to set, clear or restore. Threads forked by
 * {@code StructuredTaskScope} inherit it; other threads (executors, {@code CompletableFuture}) start without a scope,
 * so a statement on them is refused until they open one.
 *
 * <p>All methods may be called from any thread.
 */
public final class TenantContext {

    private static final ScopedValue<Scope> SCOPE = ScopedValue.newInstance();

    private TenantContext() {}

    /**
     * Prepares a scope that sees the rows of one tenant.
     *
     * @param tenant the tenant's key
     * @return what runs code in that scope
     */
    public static Opening where(TenantKey tenant) {
        return where(new TenantScope(tenant));
    }

    /**
     * Prepares a given scope, for example one that was captured with {@link #require()} in another thread.
     *
     * @param scope the scope
     * @return what runs code in that scope
     */
    public static Opening where(Scope scope) {
        return new Opening(Objects.requireNonNull(scope, "scope"));
    }

    /**
     * Prepares a scope that sees the rows of all tenants. Its statements run on the admin connection source, under
     * another database role, and each leaves an audit event.
     *
     * @param reason why this code must see all tenants, for the audit; not blank
     * @return what runs code in that scope
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
        return SCOPE.isBound() ? Optional.of(SCOPE.get()) : Optional.empty();
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
     * A scope that is ready to be opened. Immutable; may be used more than once and by several threads.
     */
    public static final class Opening {

        private final Scope scope;

        private Opening(Scope scope) {
            this.scope = scope;
        }

        /**
         * Runs code in the scope.
         *
         * @param action the code; what it throws is thrown on
         */
        public void run(Runnable action) {
            ScopedValue.where(SCOPE, scope).run(action);
        }

        /**
         * Runs code in the scope and returns its result.
         *
         * @param action the code
         * @param <R> the type of the result
         * @param <X> the type of what the code throws; checked exceptions are thrown on as they are
         * @return what the code returned
         * @throws X what the code threw
         */
        public <R, X extends Throwable> R call(CallableOp<? extends R, X> action) throws X {
            return ScopedValue.where(SCOPE, scope).call(action);
        }
    }
}
