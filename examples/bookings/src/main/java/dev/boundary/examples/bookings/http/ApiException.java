package dev.boundary.examples.bookings.http;

import org.jspecify.annotations.Nullable;

/** A request that cannot be answered, with the status to say so. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    ApiException(int status, String message) {
        this(status, message, null);
    }

    ApiException(int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    int status() {
        return status;
    }
}
