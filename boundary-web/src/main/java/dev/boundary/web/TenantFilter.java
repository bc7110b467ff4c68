package dev.boundary.web;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.TenantContext;
import dev.boundary.web.TenantResolution.Resolved;
import dev.boundary.web.TenantResolution.Resolved.ForPlatform;
import dev.boundary.web.TenantResolution.Resolved.ForTenant;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the tenant of each request and runs the rest of the filter chain in its scope. A request without an active
 * tenant is answered with 400, 401, 403 or 404, and goes no further.
 *
 * {@snippet file="dev/boundary/web/TenantFilterTest.java" region="filter"}
 *
 * <p>Map it after the authentication, for the dispatcher types {@code REQUEST}, {@code ASYNC} and {@code ERROR}:
 * a request is resolved once, and each later dispatch of it runs in the same scope, whatever thread it is on. So does a
 * task given to {@code AsyncContext.start}. Listeners of the container ({@code AsyncListener}, {@code ReadListener},
 * {@code WriteListener}) run without a scope. A request for the platform runs without a scope too.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // transitive, every module above would need the servlet API
public final class TenantFilter implements Filter {

    /**
     * The name of the request attribute that holds the {@link Resolved} of the last filter that resolved the request.
     */
    public static final String RESOLVED = TenantFilter.class.getName() + ".resolved";

    private static final Logger LOG = LoggerFactory.getLogger(TenantFilter.class);

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The request attribute with what this filter decided: another filter may ask for less. */
    private final String decided = RESOLVED + "." + COUNT.incrementAndGet();

    private final TenantResolution resolution;
    private final Function<? super HttpServletRequest, Optional<Map<String, Object>>> verifiedClaims;

    /**
     * For requests without tokens.
     *
     * @param resolution finds the tenant
     */
    public TenantFilter(TenantResolution resolution) {
        this(resolution, request -> Optional.empty());
    }

    /**
     * For requests with tokens.
     *
     * @param resolution finds the tenant
     * @param verifiedClaims the claims of a request's token, after it was verified; empty if it has none
     */
    public TenantFilter(
            TenantResolution resolution,
            Function<? super HttpServletRequest, Optional<Map<String, Object>>> verifiedClaims) {
        this.resolution = Objects.requireNonNull(resolution, "resolution");
        this.verifiedClaims = Objects.requireNonNull(verifiedClaims, "verifiedClaims");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            throw new ServletException("TenantFilter takes HTTP requests only.");
        }
        Resolved resolved;
        try {
            resolved = resolve(http);
        } catch (TenantResolutionException refused) {
            LOG.debug("{} {} is answered with {}", http.getMethod(), http.getRequestURI(), refused.status(), refused);
            challenge(refused).ifPresent(challenge -> answer.setHeader("WWW-Authenticate", challenge));
            answer.sendError(refused.status()); // without a message, which would help to guess
            return;
        }
        switch (resolved) {
            case ForTenant(var tenant) ->
                inScope(tenant.scope(), () -> chain.doFilter(new ScopedRequest(http), response));
            case ForPlatform platform -> chain.doFilter(request, response);
        }
    }

    /** RFC 6750, section 3: without an error code if there was no token. */
    private static Optional<String> challenge(TenantResolutionException refused) {
        return switch (refused.reason()) {
            case TOKEN_MISSING -> Optional.of("Bearer");
            case TOKEN_INVALID -> Optional.of("Bearer error=\"invalid_token\"");
            default -> Optional.empty();
        };
    }

    private Resolved resolve(HttpServletRequest request) {
        if (request.getAttribute(decided) instanceof Resolved before) {
            return before; // a later dispatch of the same request
        }
        Resolved resolved = resolution.resolve(new ServletRequestView(request, verifiedClaims.apply(request)));
        request.setAttribute(decided, resolved);
        request.setAttribute(RESOLVED, resolved);
        return resolved;
    }

    private static void inScope(TenantScope scope, Rest rest) throws IOException, ServletException {
        Optional<ServletException> thrown = TenantContext.where(scope).call(() -> {
            try {
                rest.run();
                return Optional.empty();
            } catch (ServletException e) { // a scope lets one kind of checked exception through, and IOException is it
                return Optional.of(e);
            }
        });
        if (thrown.isPresent()) {
            throw thrown.get();
        }
    }

    /** The rest of the chain. */
    @FunctionalInterface
    private interface Rest {
        void run() throws IOException, ServletException;
    }
}
