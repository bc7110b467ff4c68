package dev.boundary.core.event;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a service may want to log, count or raise an alarm on. Events never hold bind values or secrets. Immutable.
 *
 * @since 0.1
 */
public sealed interface BoundaryEvent {

    /**
     * The scope that was open when it happened.
     *
     * @return the scope, or empty if none was open
     */
    Optional<Scope> scope();

    /**
     * An attempt that was refused before anything was sent, or that the database rejected.
     *
     * @param scope the scope that was open, or empty if none was
     * @param error the exception that the caller received, or would have received
     * @param refused true if it was thrown to the caller; false if it was only reported, in observe mode
     * @param origin the statement and who sent it, or empty if it is not known
     */
    record Violation(Optional<Scope> scope, BoundaryException error, boolean refused, Optional<StatementOrigin> origin)
            implements BoundaryEvent {

        /**
         * An attempt whose statement is not known.
         *
         * @param scope the scope that was open, or empty if none was
         * @param error the exception that the caller received
         * @param refused true if it was thrown to the caller
         */
        public Violation(Optional<Scope> scope, BoundaryException error, boolean refused) {
            this(scope, error, refused, Optional.empty());
        }
    }

    /**
     * A statement is about to run in an unscoped scope, as the admin role.
     *
     * @param unscoped the scope, with its reason
     * @param statement the SQL, with placeholders instead of values
     */
    record UnscopedAccess(UnscopedScope unscoped, String statement) implements BoundaryEvent {

        @Override
        public Optional<Scope> scope() {
            return Optional.of(unscoped);
        }
    }

    /**
     * A statement is about to run that was, by an explicit call with a reason, left to row-level security alone.
     *
     * @param scope the scope that is open
     * @param reason the reason given in the call
     * @param statement the SQL, with placeholders instead of values
     */
    record RlsOnlyAccess(Optional<Scope> scope, String reason, String statement) implements BoundaryEvent {}

    /**
     * The statement that an event is about, and the code that sent it.
     *
     * @param statement the SQL as it was written, with placeholders instead of bind values
     * @param fingerprint the same for all statements that differ only in how many values a list holds; 12 hexadecimal
     *     digits
     * @param callSite the class, method and line that called jOOQ, or {@code unknown}
     */
    record StatementOrigin(String statement, String fingerprint, String callSite) {

        /** Checks that nothing is missing. */
        public StatementOrigin {
            Objects.requireNonNull(statement, "statement");
            Objects.requireNonNull(fingerprint, "fingerprint");
            Objects.requireNonNull(callSite, "callSite");
        }
    }

    /**
     * The tenant of a request was found and admitted; its scope is about to be opened.
     *
     * @param tenant the scope
     */
    record TenantResolved(TenantScope tenant) implements BoundaryEvent {

        @Override
        public Optional<Scope> scope() {
            return Optional.of(tenant);
        }
    }

    /**
     * A request did not lead to a tenant, or the tenant or the caller was not admitted.
     *
     * @param error the exception that the caller received
     */
    record TenantResolutionFailed(BoundaryException error) implements BoundaryEvent {

        @Override
        public Optional<Scope> scope() {
            return TenantContext.current();
        }
    }

    /**
     * A step in the life of a tenant was committed.
     *
     * @param step what was done
     * @param tenant the tenant as it is now
     * @param change who did it and why
     */
    record TenantLifecycleEvent(Step step, Tenant tenant, Change change) implements BoundaryEvent {

        /** The steps in the life of a tenant. */
        public enum Step {

            /** It was created. */
            PROVISIONED,

            /** It was suspended: requests and messages for it are refused. */
            SUSPENDED,

            /** It may work again after it was suspended. */
            RESUMED,

            /** It was deleted; its rows are still there. */
            DELETED,

            /** It was restored after it was deleted. */
            RESTORED,

            /** It is being deprovisioned. */
            DEPROVISIONING,

            /** Its rows are exported, and the export is verified. */
            EXPORTED,

            /** Its rows are gone. */
            DEPROVISIONED
        }

        /** Checks that nothing is missing. */
        public TenantLifecycleEvent {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(change, "change");
        }

        @Override
        public Optional<Scope> scope() {
            return TenantContext.current();
        }
    }

    /**
     * This process has begun to receive changes of tenants, or no longer receives them. Without them a cached tenant
     * can be as old as the cache's time to live.
     *
     * @param listening whether changes are received
     * @param error why they are not; empty if they are
     */
    record RegistryListening(boolean listening, Optional<Exception> error) implements BoundaryEvent {

        /** Checks that there is an error exactly if changes are not received. */
        public RegistryListening {
            Objects.requireNonNull(error, "error");
            if (listening == error.isPresent()) {
                throw new IllegalArgumentException(
                        "An error is required if changes are not received, and none is allowed if they are.");
            }
        }

        @Override
        public Optional<Scope> scope() {
            return Optional.empty();
        }
    }
}
