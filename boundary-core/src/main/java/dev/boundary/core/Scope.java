package dev.boundary.core;

import java.util.Objects;
import java.util.Optional;

/**
 * What the running code may see: the rows of one tenant, or (on purpose, with a reason) those of all tenants.
 *
 * <p>A scope is one immutable value. It is opened with {@link TenantContext} and carried to the database with each
 * statement. Safe for use by several threads.
 *
 * @since 0.1
 */
public sealed interface Scope {

    /**
     * A scope in which only the rows of one tenant (and the rows that all tenants share) can be seen.
     *
     * @param tenant the key of that tenant
     * @param region where its rows are, for services with a database for each region; empty if there is one database
     */
    record TenantScope(TenantKey tenant, Optional<String> region) implements Scope {

        /** Checks that there is a tenant, and that a region has a name. */
        public TenantScope {
            Objects.requireNonNull(tenant, "tenant");
            if (region.isPresent() && region.get().isBlank()) {
                throw new IllegalArgumentException("The name of a region must not be blank.");
            }
        }

        /**
         * A scope without a region.
         *
         * @param tenant the key of the tenant
         */
        public TenantScope(TenantKey tenant) {
            this(tenant, Optional.empty());
        }

        @Override
        public String toString() {
            return "tenant " + tenant + region.map(name -> " in region " + name).orElse("");
        }
    }

    /**
     * A scope in which the rows of all tenants can be seen. Statements in it run on the admin connection source, under
     * the admin role, and each leaves an {@link dev.boundary.core.event.BoundaryEvent.UnscopedAccess} event with the
     * reason.
     *
     * @param reason why this code must see all tenants, for the audit; not blank
     * @param region the region whose tenants it sees, for services with a database for each region; empty if there is
     *     one database
     */
    record UnscopedScope(String reason, Optional<String> region) implements Scope {

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
}
