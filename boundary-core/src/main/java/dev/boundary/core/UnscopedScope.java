package dev.boundary.core;

import java.util.Objects;
import java.util.Optional;

/**
 * A scope in which the rows of all tenants can be seen. Statements in it run on the admin connection source, under the
 * admin role, and each leaves an {@link dev.boundary.core.event.UnscopedAccess} event with the reason.
 *
 * @param reason why this code must see all tenants, for the audit; not blank
 * @param region the region whose tenants it sees, for services with a database for each region; empty if there is one
 *     database
 */
public record UnscopedScope(String reason, Optional<String> region) implements Scope {

    /** Checks that there is a reason, and that a region has a name. */
    public UnscopedScope {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(region, "region");
        if (reason.isBlank()) {
            throw new IllegalArgumentException(
                    "Unscoped access needs a reason, for the audit: say in a few words why this code must see all"
                            + " tenants, for example \"nightly invoice run\".");
        }
        if (region.isPresent() && region.get().isBlank()) {
            throw new IllegalArgumentException("The name of a region must not be blank.");
        }
    }

    /**
     * A scope without a region.
     *
     * @param reason why this code must see all tenants, for the audit; not blank
     */
    public UnscopedScope(String reason) {
        this(reason, Optional.empty());
    }

    @Override
    public String toString() {
        return "unscoped (" + reason + ")"
                + region.map(name -> " in region " + name).orElse("");
    }
}
