package dev.boundary.core.registry;

import dev.boundary.core.BoundaryException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The state of a tenant does not allow an operation. Nothing was changed.
 *
 * @since 0.1
 */
public final class TenantStateException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    private final transient Tenant tenant;
    private final transient Set<TenantState> allowed;

    /**
     * For one call.
     *
     * @param what what cannot be done, as the beginning of a sentence: {@code "resume"}
     * @param tenant the tenant as it is
     * @param allowed the states in which it can be done; at least one
     * @param remedy what to do next, as a sentence
     */
    public TenantStateException(String what, Tenant tenant, Set<TenantState> allowed, String remedy) {
        super(
                "Tenant " + tenant.slug() + " (" + tenant.key() + ") is " + tenant.state() + ": " + what
                        + " takes a tenant that is "
                        + EnumSet.copyOf(allowed).stream().map(Enum::name).collect(Collectors.joining(" or ")) + ". "
                        + remedy,
                null);
        this.tenant = tenant;
        this.allowed = Collections.unmodifiableSet(EnumSet.copyOf(allowed));
    }

    /**
     * The tenant.
     *
     * @return it as it is, with its actual state
     */
    public Tenant tenant() {
        return tenant;
    }

    /**
     * The states in which it could be done.
     *
     * @return the states, unmodifiable
     */
    public Set<TenantState> allowed() {
        return allowed;
    }
}
