package dev.boundary.web;

import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Slug;
import dev.boundary.web.TenantReference.ByDomain;
import dev.boundary.web.TenantReference.ByKey;
import dev.boundary.web.TenantReference.BySlug;
import dev.boundary.web.TenantReference.Platform;
import dev.boundary.web.TenantResolutionException.Reason;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The usual ways to find the tenant of a request. The resolvers are immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class TenantResolvers {

    /** Also percent-encoded: %2e is a dot, %2f a slash, %3b a semicolon, %5c a backslash, %25 a percent sign. */
    private static final Pattern AMBIGUOUS_PATH =
            Pattern.compile("//|[;\\\\]|(^|/)\\.{1,2}(/|$)|%(2e|2f|3b|5c|25)", Pattern.CASE_INSENSITIVE);

    private TenantResolvers() {}

    /**
     * By the label before a base domain: {@code acme.example.com}. The base domain itself, other hosts and addresses
     * say nothing; a name of more labels, or one that cannot be a slug, names no tenant and is an error.
     *
     * @param baseDomain the domain, for example {@code example.com} or {@code localhost}
     * @param ignored labels that stand for no tenant, for example {@code www}
     * @return the resolver
     * @throws IllegalArgumentException if the base domain is no domain, or an ignored label no label
     */
    public static TenantResolver subdomainOf(String baseDomain, String... ignored) {
        String suffix = "." + HostName.configured(baseDomain);
        Set<String> none =
                Arrays.stream(ignored).map(label -> new Slug(label).value()).collect(Collectors.toSet());
        return request -> HostName.of(request)
                .filter(host -> host.endsWith(suffix))
                .map(host -> host.substring(0, host.length() - suffix.length()))
                .filter(label -> !none.contains(label))
                .map(label -> new BySlug(slug(label)));
    }

    /**
     * By a domain that belongs to one tenant: {@code booking.acme.org}. Hosts at or under the service's own domains,
     * and addresses, say nothing.
     *
     * @param ownDomains the service's own domains
     * @return the resolver
     * @throws IllegalArgumentException if one of them is no domain
     */
    public static TenantResolver customDomain(String... ownDomains) {
        List<String> own = Arrays.stream(ownDomains).map(HostName::configured).toList();
        return request -> HostName.of(request)
                .filter(host -> own.stream().noneMatch(domain -> host.equals(domain) || host.endsWith("." + domain)))
                .map(ByDomain::new);
    }

    /**
     * By the segment of the path after a prefix: {@code /t/acme/bookings} for the prefix {@code /t/}. The segment must
     * be a slug as it stands: percent-encoded it is none.
     *
     * @param prefix begins and ends with a slash
     * @return the resolver
     * @throws IllegalArgumentException if the prefix does not
     */
    public static TenantResolver pathAfter(String prefix) {
        if (!prefix.startsWith("/") || !prefix.endsWith("/")) {
            throw new IllegalArgumentException("The prefix \"" + prefix + "\" must begin and end with a slash.");
        }
        return request -> Optional.of(plain(request.path()))
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .map(rest -> rest.indexOf('/') < 0 ? rest : rest.substring(0, rest.indexOf('/')))
                .map(segment -> new BySlug(slug(segment)));
    }

    /**
     * By a header that the service trusts: because a gateway of its own sets it and removes what clients send. A client
     * that can send the header chooses its tenant, so add a
     * {@linkplain TenantResolution.Builder#tokenGuard token guard} or a
     * {@linkplain TenantResolution.Builder#members membership check}.
     *
     * @param name the name of the header
     * @param format how it names the tenant
     * @return the resolver
     */
    public static TenantResolver trustedHeader(String name, ReferenceFormat format) {
        Objects.requireNonNull(format, "format");
        return request -> {
            List<String> values = request.headers(name);
            if (values.size() > 1) {
                throw new TenantResolutionException(
                        Reason.MALFORMED, "The request has " + values.size() + " headers \"" + name + "\".");
            }
            return values.stream().findFirst().map(text -> read(format, text, "header \"" + name + "\""));
        };
    }

    /**
     * By a claim of a token that has been verified.
     *
     * @param name the name of the claim; its value must be a text or a whole number
     * @param format how it names the tenant
     * @return the resolver
     */
    public static TenantResolver claim(String name, ReferenceFormat format) {
        Objects.requireNonNull(format, "format");
        return request -> request.claims()
                .map(claims -> claims.get(name))
                .map(value -> reference(value, format, "claim \"" + name + "\""));
    }

    /**
     * By a value that the server keeps for the client's session.
     *
     * @param name the name of the value
     * @param format how it names the tenant, if it is a text
     * @return the resolver
     */
    public static TenantResolver session(String name, ReferenceFormat format) {
        Objects.requireNonNull(format, "format");
        return request ->
                request.sessionValue(name).map(value -> reference(value, format, "session value \"" + name + "\""));
    }

    /**
     * By an attribute that code of the service has added to the request: a {@link TenantReference}, a
     * {@link TenantKey}, a {@link Slug} or a text.
     *
     * @param name the name of the attribute
     * @param format how it names the tenant, if it is a text
     * @return the resolver
     */
    public static TenantResolver attribute(String name, ReferenceFormat format) {
        Objects.requireNonNull(format, "format");
        return request -> request.attribute(name).map(value -> reference(value, format, "attribute \"" + name + "\""));
    }

    /**
     * By who has authenticated.
     *
     * @param tenantOf returns the caller's tenant; empty if that is not certain
     * @return the resolver
     */
    public static TenantResolver principal(Function<? super Principal, Optional<TenantReference>> tenantOf) {
        Objects.requireNonNull(tenantOf, "tenantOf");
        return request -> request.principal().flatMap(tenantOf);
    }

    /**
     * Takes requests to one host for the platform itself.
     *
     * @param host the host, for example {@code admin.example.com}
     * @return the resolver
     * @throws IllegalArgumentException if it is no host name
     */
    public static TenantResolver platformAt(String host) {
        String name = HostName.configured(host);
        return request -> HostName.of(request).filter(name::equals).map(same -> Platform.PLATFORM);
    }

    static TenantReference reference(Object value, ReferenceFormat format, String where) {
        return switch (value) {
            case TenantReference reference -> reference;
            case TenantKey key -> new ByKey(key);
            case Slug slug -> new BySlug(slug);
            case String text -> read(format, text, where);
            case Integer number -> read(format, number.toString(), where);
            case Long number -> read(format, number.toString(), where);
            default ->
                throw new TenantResolutionException(
                        Reason.MALFORMED,
                        "The " + where + " is a " + value.getClass().getSimpleName() + ", which names no tenant.");
        };
    }

    private static TenantReference read(ReferenceFormat format, String text, String where) {
        try {
            return format.read(text);
        } catch (IllegalArgumentException e) {
            throw new TenantResolutionException(Reason.MALFORMED, "The " + where + " names no tenant.", e);
        }
    }

    /** A container may lead a path that it normalizes to another tenant's resource than the one that it names here. */
    private static String plain(String path) {
        if (AMBIGUOUS_PATH.matcher(path).find()) {
            throw new TenantResolutionException(
                    Reason.MALFORMED,
                    "The path has an empty segment, a dot segment, a parameter or an encoded separator, so containers"
                            + " may read it differently.");
        }
        return path;
    }

    private static Slug slug(String text) {
        if (!Slug.isValid(text)) {
            throw new TenantResolutionException(
                    Reason.UNKNOWN, "No tenant can have the name in the request's address.");
        }
        return new Slug(text);
    }
}
