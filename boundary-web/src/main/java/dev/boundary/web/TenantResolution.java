package dev.boundary.web;

import dev.boundary.core.TenantKey;
import dev.boundary.core.event.BoundaryEvent.TenantResolutionFailed;
import dev.boundary.core.event.BoundaryEvent.TenantResolved;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistry;
import dev.boundary.core.registry.TenantState;
import dev.boundary.web.TenantReference.ByDomain;
import dev.boundary.web.TenantReference.ByKey;
import dev.boundary.web.TenantReference.ByKeyOrSlug;
import dev.boundary.web.TenantReference.BySlug;
import dev.boundary.web.TenantReference.Platform;
import dev.boundary.web.TenantResolution.Resolved.ForPlatform;
import dev.boundary.web.TenantResolution.Resolved.ForTenant;
import dev.boundary.web.TenantResolutionException.Reason;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tenant of a request: asks resolvers in their order, takes the first answer, and lets every answer through
 * the same gate.
 *
 * {@snippet file="dev/boundary/web/TenantResolutionTest.java" region="resolution"}
 *
 * <p>The gate: the tenant must be registered and active, the caller's token (with a token guard) must be for it, and
 * the caller must (with a membership check) belong to it. An answer that does not pass is an error, and no other
 * resolver is asked.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class TenantResolution {

    private final TenantRegistry registry;
    private final List<TenantResolver> resolvers;
    private final @Nullable BiPredicate<Optional<Principal>, Tenant> members;
    private final Predicate<RequestView> platform;
    private final @Nullable TenantResolver tokenTenant;
    private final boolean tokenRequired;
    private final EventPublisher events;

    private TenantResolution(Builder builder) {
        this.registry = builder.registry;
        this.resolvers = List.copyOf(builder.resolvers);
        this.members = builder.members;
        this.platform = builder.platform;
        this.tokenTenant = builder.tokenTenant;
        this.tokenRequired = builder.tokenRequired;
        this.events = new EventPublisher(builder.listeners);
    }

    /**
     * Begins a resolution.
     *
     * @param registry knows the tenants
     * @return a builder with the settings
     */
    public static Builder builder(TenantRegistry registry) {
        return new Builder(registry);
    }

    /**
     * Finds the tenant of a request. Publishes {@link TenantResolved} or {@link TenantResolutionFailed}.
     *
     * @param request the request
     * @return the tenant that the request runs for, or the platform
     * @throws TenantResolutionException if it leads to no tenant, or is not admitted; other exceptions of a resolver or
     *     the registry are passed on
     */
    public Resolved resolve(RequestView request) {
        try {
            Resolved resolved = admitted(request, first(request));
            if (resolved instanceof ForTenant(Tenant tenant)) {
                events.publish(new TenantResolved(tenant.scope()));
            }
            return resolved;
        } catch (TenantResolutionException failed) {
            events.publish(new TenantResolutionFailed(failed));
            throw failed;
        }
    }

    private TenantReference first(RequestView request) {
        for (TenantResolver resolver : resolvers) {
            Optional<TenantReference> reference = resolver.resolve(request);
            if (reference.isPresent()) {
                return reference.get();
            }
        }
        throw new TenantResolutionException(
                Reason.NO_TENANT, "None of the " + resolvers.size() + " resolvers found a tenant in the request.");
    }

    private Resolved admitted(RequestView request, TenantReference reference) {
        if (reference instanceof Platform) {
            if (!platform.test(request)) {
                throw new TenantResolutionException(
                        Reason.PLATFORM_REFUSED,
                        "The request is for the platform, and its caller is not admitted there.");
            }
            return ForPlatform.PLATFORM;
        }
        Tenant tenant = find(reference)
                .orElseThrow(() -> new TenantResolutionException(
                        Reason.UNKNOWN, "There is no tenant with the " + reference + "."));
        requireActive(tenant);
        requireToken(request, tenant);
        requireMember(request, tenant);
        return new ForTenant(tenant);
    }

    private Optional<Tenant> find(TenantReference reference) {
        return switch (reference) {
            case ByKey(var key) -> registry.find(key);
            case ByKeyOrSlug(var key, var slug) -> findUnambiguous(key, slug);
            case BySlug(var slug) -> registry.findBySlug(slug);
            case ByDomain(var domain) -> registry.findByDomain(domain);
            case Platform none -> Optional.empty();
        };
    }

    /** A slug that looks like a key is from before the registry refused it. */
    private Optional<Tenant> findUnambiguous(TenantKey key, Slug slug) {
        Optional<Tenant> withKey = registry.find(key);
        Optional<Tenant> withSlug = registry.findBySlug(slug);
        if (withKey.isPresent() && withSlug.isPresent() && !withSlug.get().key().equals(key)) {
            throw new TenantResolutionException(
                    Reason.MALFORMED,
                    "\"" + slug + "\" is the key of tenant " + withKey.get().slug() + " and the slug of tenant "
                            + withSlug.get().key() + ". Rename the latter, or let the request name one of the two"
                            + " only (ReferenceFormat.key or slug).");
        }
        return withKey;
    }

    /** What the token names is looked up past any cache: whoever has the slug now is meant. */
    private Optional<Tenant> findNow(TenantReference reference) {
        return reference instanceof BySlug(var slug) ? registry.findBySlugNow(slug) : find(reference);
    }

    private static void requireActive(Tenant tenant) {
        if (tenant.state() != TenantState.ACTIVE) {
            throw new TenantResolutionException(
                    tenant.state() == TenantState.SUSPENDED ? Reason.SUSPENDED : Reason.INACTIVE,
                    "Tenant " + tenant.slug() + " (" + tenant.key() + ") is " + tenant.state() + ".");
        }
    }

    private void requireToken(RequestView request, Tenant tenant) {
        if (tokenTenant == null || (request.claims().isEmpty() && !tokenRequired)) {
            return;
        }
        if (request.claims().isEmpty()) {
            throw new TenantResolutionException(
                    Reason.TOKEN_MISSING, "The request is for tenant " + tenant.slug() + ", and it has no token.");
        }
        Optional<Tenant> ofToken = tokenTenant.resolve(request).flatMap(this::findNow);
        if (ofToken.isEmpty() || !ofToken.get().key().equals(tenant.key())) {
            throw new TenantResolutionException(
                    Reason.TOKEN_MISMATCH,
                    "The request is for tenant " + tenant.slug() + ", and its token for "
                            + ofToken.map(other -> other.slug().value()).orElse("none") + ".");
        }
    }

    private void requireMember(RequestView request, Tenant tenant) {
        if (members != null && !members.test(request.principal(), tenant)) {
            throw new TenantResolutionException(
                    Reason.NOT_A_MEMBER,
                    "The caller " + request.principal().map(Principal::getName).orElse("(anonymous)")
                            + " does not belong to tenant " + tenant.slug() + ".");
        }
    }

    /** The settings of a {@link TenantResolution}. Not for use by several threads. */
    public static final class Builder {

        private final TenantRegistry registry;
        private final List<TenantResolver> resolvers = new ArrayList<>();
        private final List<BoundaryListener> listeners = new ArrayList<>();
        private Predicate<RequestView> platform = request -> false;
        private @Nullable BiPredicate<Optional<Principal>, Tenant> members;
        private @Nullable TenantResolver tokenTenant;
        private boolean tokenRequired;

        private Builder(TenantRegistry registry) {
            this.registry = Objects.requireNonNull(registry, "registry");
        }

        /**
         * Adds a resolver, to be asked after those that were added before.
         *
         * @param resolver the resolver
         * @return this
         */
        public Builder resolver(TenantResolver resolver) {
            resolvers.add(Objects.requireNonNull(resolver, "resolver"));
            return this;
        }

        /**
         * Admits only members of a tenant. Default: every caller, authenticated or not.
         *
         * @param check whether the caller (empty: no one has authenticated) belongs to the tenant; must not need a
         *     scope
         * @return this
         */
        public Builder members(BiPredicate<Optional<Principal>, Tenant> check) {
            this.members = Objects.requireNonNull(check, "check");
            return this;
        }

        /**
         * Requires a verified token for the tenant of the request, however that was found. A token without the claim is
         * for none. Default: tokens are not checked.
         *
         * @param claim the name of the claim that names the tenant
         * @param format how it does
         * @return this
         */
        public Builder tokenGuard(String claim, ReferenceFormat format) {
            this.tokenTenant = TenantResolvers.claim(claim, format);
            this.tokenRequired = true;
            return this;
        }

        /**
         * Requires that a verified token, if the request has one, is for the tenant of the request. A request without a
         * token is admitted, so add a {@linkplain #members membership check} where that must not be.
         *
         * @param claim the name of the claim that names the tenant
         * @param format how it does
         * @return this
         */
        public Builder optionalTokenGuard(String claim, ReferenceFormat format) {
            this.tokenTenant = TenantResolvers.claim(claim, format);
            this.tokenRequired = false;
            return this;
        }

        /**
         * Admits requests for the platform itself. Default: none.
         *
         * @param check whether the request may be for the platform
         * @return this
         */
        public Builder platform(Predicate<RequestView> check) {
            this.platform = Objects.requireNonNull(check, "check");
            return this;
        }

        /**
         * Adds a listener.
         *
         * @param listener receives an event for each resolved and each refused request
         * @return this
         */
        public Builder listener(BoundaryListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Builds the resolution.
         *
         * @return the resolution
         * @throws IllegalStateException if there is no resolver
         */
        public TenantResolution build() {
            if (resolvers.isEmpty()) {
                throw new IllegalStateException("Add at least one resolver, for example"
                        + " resolver(TenantResolvers.subdomainOf(\"example.com\")).");
            }
            return new TenantResolution(this);
        }
    }

    /** For whom an admitted request runs. */
    public sealed interface Resolved {

        /**
         * For a tenant.
         *
         * @param tenant the tenant, which is active
         */
        record ForTenant(Tenant tenant) implements Resolved {}

        /** For the platform itself. No scope is opened: what it needs of all tenants it does in an unscoped scope. */
        enum ForPlatform implements Resolved {
            /** The one value. */
            PLATFORM
        }
    }
}
