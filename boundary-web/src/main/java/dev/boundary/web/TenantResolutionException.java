package dev.boundary.web;

import dev.boundary.core.BoundaryException;
import org.jspecify.annotations.Nullable;

/**
 * A request that may not run in the scope of any tenant. The message is for the log; the client receives the
 * {@link #status()} and nothing that would help it to guess.
 *
 * @since 0.1
 */
public final class TenantResolutionException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    /** Why there is no tenant, with the HTTP status that it means. */
    public enum Reason {
        /** The request cannot be read as naming one tenant. */
        MALFORMED(400),
        /** It names none. */
        NO_TENANT(404),
        /** It names a tenant that does not exist. */
        UNKNOWN(404),
        /** The tenant is suspended. */
        SUSPENDED(403),
        /** The tenant is deleted, or about to be. */
        INACTIVE(403),
        /** The caller does not belong to it. */
        NOT_A_MEMBER(403),
        /** The caller's token is not valid: it is forged, too old, or not for this service. */
        TOKEN_INVALID(401),
        /** The caller has no token, and one is required. */
        TOKEN_MISSING(401),
        /** The caller's token is for another tenant, or for none. */
        TOKEN_MISMATCH(403),
        /** The request is for the platform, and not admitted there. */
        PLATFORM_REFUSED(403);

        private final int status;

        Reason(int status) {
            this.status = status;
        }
    }

    /** Why. */
    private final Reason reason;

    /**
     * For resolvers.
     *
     * @param reason why
     * @param message what happened, with the values, and what to do next
     */
    public TenantResolutionException(Reason reason, String message) {
        this(reason, message, null);
    }

    /**
     * For resolvers.
     *
     * @param reason why
     * @param message what happened, with the values, and what to do next
     * @param cause what led to it, or null
     */
    public TenantResolutionException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * Why there is no tenant.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * The status for the client.
     *
     * @return the HTTP status: 400, 401, 403 or 404
     */
    public int status() {
        return reason.status;
    }
}
