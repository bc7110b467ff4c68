package dev.boundary.core.event;

import dev.boundary.core.Scope;
import java.util.Objects;
import java.util.Optional;

/**
 * Changes of tenants are heard in this process from now on, or are not heard any more: then what is cached about a tenant is
 * as old as the cache lets it be.
 *
 * @param listening whether they are heard
 * @param error why not; empty if they are heard
 */
public record RegistryListening(boolean listening, Optional<Exception> error) implements BoundaryEvent {

    /** Checks that there is a reason for what is wrong. */
    public RegistryListening {
        Objects.requireNonNull(error, "error");
        if (listening == error.isPresent()) {
            throw new IllegalArgumentException("There is an error if changes are not heard, and none if they are.");
        }
    }

    @Override
    public Optional<Scope> scope() {
        return Optional.empty();
    }
}
