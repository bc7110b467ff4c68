package dev.boundary.core.propagation;

import dev.boundary.core.BoundaryException;
import org.jspecify.annotations.Nullable;

/**
 * A message from another process does not lead to a tenant that may work. Its work must not be done, least of all
 * without a tenant.
 *
 * @since 0.1
 */
public final class CarrierException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the message. */
    public enum Reason {
        /** It has no header. */
        MISSING(false),
        /** The header cannot be read, or there are several. */
        MALFORMED(false),
        /** It is signed with a key that is not accepted here, perhaps not yet. */
        UNKNOWN_KEY(true),
        /** The signature is wrong: the header was changed, or written for another audience. */
        FORGED(false),
        /** The header has expired. */
        EXPIRED(false),
        /** There is no such tenant. */
        UNKNOWN_TENANT(false),
        /** The tenant is suspended. */
        SUSPENDED_TENANT(true),
        /** The tenant is deleted, or about to be. */
        DELETED_TENANT(false);

        private final boolean retryable;

        Reason(boolean retryable) {
            this.retryable = retryable;
        }
    }

    /** What is wrong. */
    private final Reason reason;

    CarrierException(Reason reason, String message) {
        this(reason, message, null);
    }

    CarrierException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * What is wrong.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Whether the same message can succeed later. If not, set it aside.
     *
     * @return whether a retry makes sense
     */
    public boolean isRetryable() {
        return reason.retryable;
    }
}
