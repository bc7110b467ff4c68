package dev.boundary.core;

import java.util.Objects;

/**
 * A scope in which the rows of all tenants can be seen. Statements in it run on the admin connection source, under the
 * admin role, and each leaves an {@link dev.boundary.core.event.UnscopedAccess} event with the reason.
 *
 * @param reason why this code must see all tenants, for the audit; not blank
 */
public record UnscopedScope(String reason) implements Scope {

    /** Checks that there is a reason. */
    public UnscopedScope {
        Objects.requireNonNull(reason, "reason");
        if (reason.isBlank()) {
            throw new IllegalArgumentException(
                    "Unscoped access needs a reason, for the audit: say in a few words why this code must see all"
                            + " tenants, for example \"nightly invoice run\".");
        }
    }

    @Override
    public String toString() {
        return "unscoped (" + reason + ")";
    }
}
