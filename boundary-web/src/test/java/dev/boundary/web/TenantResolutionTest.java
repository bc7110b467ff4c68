package dev.boundary.web;

import static dev.boundary.web.TenantResolutionException.Reason.INACTIVE;
import static dev.boundary.web.TenantResolutionException.Reason.MALFORMED;
import static dev.boundary.web.TenantResolutionException.Reason.NOT_A_MEMBER;
import static dev.boundary.web.TenantResolutionException.Reason.NO_TENANT;
import static dev.boundary.web.TenantResolutionException.Reason.PLATFORM_REFUSED;
import static dev.boundary.web.TenantResolutionException.Reason.SUSPENDED;
import static dev.boundary.web.TenantResolutionException.Reason.TOKEN_MISMATCH;
import static dev.boundary.web.TenantResolutionException.Reason.TOKEN_MISSING;
import static dev.boundary.web.TenantResolutionException.Reason.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.TenantResolutionFailed;
import dev.boundary.core.event.BoundaryEvent.TenantResolved;
import dev.boundary.core.registry.FixedRegistry;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistry;
import dev.boundary.core.registry.TenantState;
import dev.boundary.web.TenantResolution.Resolved;
import dev.boundary.web.TenantResolution.Resolved.ForPlatform;
import dev.boundary.web.TenantResolution.Resolved.ForTenant;
import dev.boundary.web.TenantResolutionException.Reason;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantResolutionTest {

    private static final Tenant ACME = new Tenant(TenantKey.of(1L), new Slug("acme"), "Acme");
    private static final Tenant GLOBEX = new Tenant(TenantKey.of(2L), new Slug("globex"), "Globex");
    private static final Tenant LATE = new Tenant(TenantKey.of(3L), new Slug("late"), "Late").in(TenantState.SUSPENDED);
    private static final Tenant GONE = new Tenant(TenantKey.of(4L), new Slug("gone"), "Gone").in(TenantState.DELETED);
    private static final Tenant GOING =
            new Tenant(TenantKey.of(5L), new Slug("going"), "Going").in(TenantState.DELETING);

    private static final TenantRegistry REGISTRY = new FixedRegistry(
            List.of(ACME, GLOBEX, LATE, GONE, GOING),
            Map.of("booking.acme.org", ACME.slug(), "xn--mnchen-3ya.de", GLOBEX.slug(), "late.org", LATE.slug()));

    private static final ReferenceFormat EITHER = ReferenceFormat.keyOrSlug(TenantKeyType.BIGINT);

    private static final TenantResolution EVERYTHING = TenantResolution.builder(REGISTRY)
            .resolver(TenantResolvers.platformAt("admin.example.com"))
            .resolver(TenantResolvers.attribute("tenant", EITHER))
            .resolver(TenantResolvers.subdomainOf("example.com", "www"))
            .resolver(TenantResolvers.subdomainOf("localhost"))
            .resolver(TenantResolvers.customDomain("example.com", "localhost"))
            .resolver(TenantResolvers.pathAfter("/t/"))
            .resolver(TenantResolvers.trustedHeader("X-Tenant", EITHER))
            .resolver(TenantResolvers.claim("tenant", EITHER))
            .resolver(TenantResolvers.session("tenant", EITHER))
            .resolver(TenantResolvers.principal(caller -> caller.getName().endsWith("@acme")
                    ? Optional.of(new TenantReference.BySlug(ACME.slug()))
                    : Optional.empty()))
            .build();

    private static Request at(String host) {
        return new Request().host(host);
    }

    @Test
    void findsTheTenantOfARequest() {
        TenantRegistry registry = REGISTRY;
        RequestView request = at("acme.example.com").claim("tenant", "acme");
        // @start region="resolution"
        TenantResolution resolution = TenantResolution.builder(registry)
                .resolver(TenantResolvers.subdomainOf("example.com", "www"))
                .resolver(TenantResolvers.customDomain("example.com"))
                .tokenGuard("tenant", ReferenceFormat.slug())
                .build();

        Resolved resolved = resolution.resolve(request); // an error if there is no such tenant, or it is suspended
        // @end
        assertThat(resolved).isEqualTo(new ForTenant(ACME));
    }

    static Stream<Arguments> requests() {
        String longLabel = "a".repeat(64);
        return Stream.of(
                // hosts
                arguments(at("acme.example.com"), ACME),
                arguments(at("ACME.Example.COM"), ACME),
                arguments(at("acme.example.com:8443"), ACME),
                arguments(at("acme.example.com:"), ACME),
                arguments(at("acme.example.com."), ACME),
                arguments(at("acme.localhost:8080"), ACME),
                arguments(at("globex.localhost"), GLOBEX),
                arguments(at("booking.acme.org"), ACME),
                arguments(at("BOOKING.acme.org.:443"), ACME),
                arguments(at("xn--mnchen-3ya.de"), GLOBEX),
                arguments(at("nobody.example.com"), UNKNOWN),
                arguments(at("acme.evil.example.com"), UNKNOWN),
                arguments(at("acme.example.com.evil.org"), UNKNOWN),
                arguments(at("acmeexample.com"), UNKNOWN),
                arguments(at("xn--acme-.example.com"), MALFORMED),
                arguments(at("xn--cme-7cd.example.com"), UNKNOWN),
                arguments(at("late.example.com"), SUSPENDED),
                arguments(at("late.org"), SUSPENDED),
                arguments(at("gone.example.com"), INACTIVE),
                arguments(at("going.example.com"), INACTIVE),
                arguments(at(""), NO_TENANT),
                arguments(at("example.com"), NO_TENANT),
                arguments(at("www.example.com"), NO_TENANT),
                arguments(at("localhost"), NO_TENANT),
                arguments(at("127.0.0.1:8080"), NO_TENANT),
                arguments(at("[::1]:8080"), NO_TENANT),
                arguments(at("2130706433"), NO_TENANT),
                arguments(at("127.0x1"), NO_TENANT),
                arguments(at(".example.com"), MALFORMED),
                arguments(at("..example.com"), MALFORMED),
                arguments(at("acme..example.com"), MALFORMED),
                arguments(at("-acme.example.com"), MALFORMED),
                arguments(at("acme.example.com:80:81"), MALFORMED),
                arguments(at("acme.example.com:x"), MALFORMED),
                arguments(at("acme@globex.example.com"), MALFORMED),
                arguments(at("acme.example.com,globex.example.com"), MALFORMED),
                arguments(at("acme.example.com globex.example.com"), MALFORMED),
                arguments(at("acme.example.com\r\nX-Tenant: globex"), MALFORMED),
                arguments(at("acme\u0000.example.com"), MALFORMED),
                arguments(at("acme%2eexample.com"), MALFORMED),
                arguments(at("аcme.example.com"), MALFORMED), // Cyrillic
                arguments(at("ａcme.example.com"), MALFORMED), // full width
                arguments(at("acme。example.com"), MALFORMED), // ideographic full stop
                arguments(at("ACME.EXAMPLE.COM\u0130"), MALFORMED),
                arguments(at(longLabel + ".example.com"), MALFORMED),
                arguments(at("a.".repeat(200) + "example.com"), MALFORMED),
                arguments(at("a.".repeat(100_000) + "example.com"), MALFORMED),
                arguments(at("'; drop table tenant; --"), MALFORMED),
                arguments(at("acme.example.com/../globex"), MALFORMED),
                // paths
                arguments(at("example.com").path("/t/acme"), ACME),
                arguments(at("example.com").path("/t/acme/bookings/7"), ACME),
                arguments(at("example.com").path("/x/acme"), NO_TENANT),
                arguments(at("example.com").path("/t"), NO_TENANT),
                arguments(at("example.com").path("/t/"), UNKNOWN),
                arguments(at("example.com").path("/t//acme"), MALFORMED),
                arguments(at("example.com").path("/t/ACME"), UNKNOWN),
                arguments(at("example.com").path("/t/%61cme"), UNKNOWN),
                arguments(at("example.com").path("/t/acme%2f..%2fglobex"), MALFORMED),
                arguments(at("example.com").path("/t/acme;globex"), MALFORMED),
                arguments(at("example.com").path("/t/../t/globex"), MALFORMED),
                arguments(at("example.com").path("/t/late/x"), SUSPENDED),
                // headers
                arguments(new Request().header("acme"), ACME),
                arguments(new Request().header("1"), ACME),
                arguments(new Request().header("9"), UNKNOWN),
                arguments(new Request().header("late"), SUSPENDED),
                arguments(new Request().header("gone"), INACTIVE),
                arguments(new Request().header(""), MALFORMED),
                arguments(new Request().header("acme, globex"), MALFORMED),
                arguments(new Request().header(" acme"), MALFORMED),
                arguments(new Request().header("ACME"), MALFORMED),
                arguments(new Request().header("99999999999999999999"), UNKNOWN), // no key, but a slug
                arguments(new Request().header("x".repeat(100_000)), MALFORMED),
                arguments(new Request().header("acme").header("acme"), MALFORMED),
                arguments(new Request().header("acme").header("globex"), MALFORMED),
                // claims of a verified token
                arguments(new Request().claim("tenant", "acme"), ACME),
                arguments(new Request().claim("tenant", "1"), ACME),
                arguments(new Request().claim("tenant", 1L), ACME),
                arguments(new Request().claim("tenant", 1), ACME),
                arguments(new Request().claim("other", "acme"), NO_TENANT),
                arguments(new Request().claim("tenant", List.of("acme")), MALFORMED),
                arguments(new Request().claim("tenant", 1.0), MALFORMED),
                arguments(new Request().claim("tenant", true), MALFORMED),
                // session, attribute, caller
                arguments(new Request().session("globex"), GLOBEX),
                arguments(new Request().session("not a slug"), MALFORMED),
                arguments(new Request().attribute(ACME.key()), ACME),
                arguments(new Request().attribute(ACME.slug()), ACME),
                arguments(new Request().attribute(new TenantReference.ByDomain("booking.acme.org")), ACME),
                arguments(new Request().attribute(TenantKey.of(1)), UNKNOWN), // a key of another type
                arguments(new Request().caller("anna@acme"), ACME),
                arguments(new Request().caller("anna@other"), NO_TENANT),
                // the first answer decides, even if it leads nowhere
                arguments(at("acme.example.com").header("globex"), ACME),
                arguments(at("nobody.example.com").header("acme"), UNKNOWN),
                arguments(at("late.example.com").session("acme"), SUSPENDED),
                arguments(at("bad host").header("acme"), MALFORMED),
                arguments(at("admin.example.com"), PLATFORM_REFUSED),
                arguments(at("admin.example.com").header("acme"), PLATFORM_REFUSED));
    }

    /** Input may be hostile: each has exactly the expected outcome, never another error and never another tenant. */
    @ParameterizedTest
    @MethodSource("requests")
    void eachRequestHasOneOutcome(RequestView request, Object outcome) {
        if (outcome instanceof Reason reason) {
            assertThatExceptionOfType(TenantResolutionException.class)
                    .isThrownBy(() -> EVERYTHING.resolve(request))
                    .matches(refused -> refused.reason() == reason, "for the reason " + reason)
                    .matches(refused -> refused.toString().length() < 400)
                    .matches(refused -> refused.status() == status(reason));
        } else {
            assertThat(EVERYTHING.resolve(request)).isEqualTo(new ForTenant((Tenant) outcome));
        }
    }

    private static int status(Reason reason) {
        return switch (reason) {
            case MALFORMED -> 400;
            case TOKEN_MISSING, TOKEN_INVALID -> 401;
            case NO_TENANT, UNKNOWN -> 404;
            case SUSPENDED, INACTIVE, NOT_A_MEMBER, TOKEN_MISMATCH, PLATFORM_REFUSED -> 403;
        };
    }

    private static Reason refusal(TenantResolution resolution, RequestView request) {
        try {
            throw new AssertionError("admitted: " + resolution.resolve(request));
        } catch (TenantResolutionException refused) {
            return refused.reason();
        }
    }

    @Test
    void aTokenAdmitsOnlyItsOwnTenantWhateverNamesIt() {
        TenantResolution guarded = TenantResolution.builder(REGISTRY)
                .resolver(TenantResolvers.subdomainOf("example.com"))
                .resolver(TenantResolvers.trustedHeader("X-Tenant", EITHER))
                .tokenGuard("tenant", EITHER)
                .build();
        assertThat(guarded.resolve(at("acme.example.com").claim("tenant", "acme")))
                .isEqualTo(new ForTenant(ACME));
        assertThat(guarded.resolve(at("acme.example.com").claim("tenant", 1L))).isEqualTo(new ForTenant(ACME));
        assertThat(refusal(guarded, at("acme.example.com"))).isEqualTo(TOKEN_MISSING);
        assertThat(refusal(guarded, at("acme.example.com").claim("tenant", "globex")))
                .isEqualTo(TOKEN_MISMATCH);
        assertThat(refusal(guarded, at("acme.example.com").claim("sub", "anna")))
                .isEqualTo(TOKEN_MISMATCH);
        assertThat(refusal(guarded, at("acme.example.com").claim("tenant", "nobody")))
                .isEqualTo(TOKEN_MISMATCH);
        assertThat(refusal(guarded, new Request().header("globex").claim("tenant", "acme")))
                .isEqualTo(TOKEN_MISMATCH);
    }

    @Test
    void anOptionalTokenIsCheckedIfPresent() {
        TenantResolution guarded = TenantResolution.builder(REGISTRY)
                .resolver(TenantResolvers.subdomainOf("example.com"))
                .optionalTokenGuard("tenant", EITHER)
                .build();
        assertThat(guarded.resolve(at("acme.example.com"))).isEqualTo(new ForTenant(ACME));
        assertThat(refusal(guarded, at("acme.example.com").claim("tenant", "globex")))
                .isEqualTo(TOKEN_MISMATCH);
    }

    /** A container may normalize such paths before the application sees them; the resolver does not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/t/acme/../globex/x",
                "/t/acme/./x",
                "/t/acme/%2e%2E/globex",
                "/t/acme//x",
                "//t/acme/x",
                "/t/acme;v=1/x",
                "/t/acme/x;v=1",
                "/t/acme%2Fx",
                "/t/acme/..%5cglobex",
                "/t/acme/%252e%252e/globex",
                "/other/..",
                "/t/acme/\\..\\globex"
            })
    void anAmbiguousPathIsMalformed(String path) {
        TenantResolution byPath = TenantResolution.builder(REGISTRY)
                .resolver(TenantResolvers.pathAfter("/t/"))
                .build();
        assertThat(refusal(byPath, new Request().path(path))).isEqualTo(MALFORMED);
        assertThat(byPath.resolve(new Request().path("/t/acme/a.b/..c/x"))).isEqualTo(new ForTenant(ACME));
    }

    @Test
    void admitsOnlyMembers() {
        TenantResolution forMembers = TenantResolution.builder(REGISTRY)
                .resolver(TenantResolvers.subdomainOf("example.com"))
                .members((caller, tenant) -> caller.map(Principal::getName)
                        .filter(name -> name.endsWith("@" + tenant.slug()))
                        .isPresent())
                .build();
        assertThat(forMembers.resolve(at("acme.example.com").caller("anna@acme")))
                .isEqualTo(new ForTenant(ACME));
        assertThat(refusal(forMembers, at("globex.example.com").caller("anna@acme")))
                .isEqualTo(NOT_A_MEMBER);
        assertThat(refusal(forMembers, at("acme.example.com"))).isEqualTo(NOT_A_MEMBER);
    }

    @Test
    void admitsThePlatformOnlyIfConfigured() {
        TenantResolution resolution = TenantResolution.builder(REGISTRY)
                .resolver(TenantResolvers.platformAt("admin.example.com"))
                .platform(request -> request.principal().isPresent())
                .build();
        assertThat(resolution.resolve(at("admin.example.com").caller("root"))).isEqualTo(ForPlatform.PLATFORM);
        assertThat(refusal(resolution, at("admin.example.com"))).isEqualTo(PLATFORM_REFUSED);
    }

    @Test
    void passesOnErrorsOfResolversAndTheRegistry() {
        TenantResolution broken = TenantResolution.builder(REGISTRY)
                .resolver(request -> {
                    throw new IllegalStateException("session store is down");
                })
                .resolver(TenantResolvers.subdomainOf("example.com"))
                .build();
        assertThatIllegalStateException()
                .isThrownBy(() -> broken.resolve(at("acme.example.com")))
                .withMessage("session store is down");
    }

    @Test
    void publishesBothOutcomes() {
        List<BoundaryEvent> events = new ArrayList<>();
        TenantResolution resolution = TenantResolution.builder(REGISTRY)
                .resolver(TenantResolvers.subdomainOf("example.com"))
                .listener(events::add)
                .build();
        resolution.resolve(at("acme.example.com"));
        refusal(resolution, at("late.example.com"));
        assertThat(events).hasSize(2);
        assertThat(events.getFirst()).isEqualTo(new TenantResolved(ACME.scope()));
        assertThat(events.getLast()).isInstanceOf(TenantResolutionFailed.class);
    }

    @Test
    void acceptsABaseDomainInAnyScriptAndRefusesOtherText() {
        TenantResolution german = TenantResolution.builder(REGISTRY)
                .resolver(TenantResolvers.subdomainOf("Bücher.Example."))
                .build();
        assertThat(german.resolve(at("acme.xn--bcher-kva.example"))).isEqualTo(new ForTenant(ACME));
        for (String wrong : List.of("", "https://example.com", "example.com:80", "a b", "-x.com")) {
            assertThatIllegalArgumentException().isThrownBy(() -> TenantResolvers.subdomainOf(wrong));
        }
    }

    @Test
    void refusesInvalidSettings() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TenantResolution.builder(REGISTRY).build());
        assertThatIllegalArgumentException().isThrownBy(() -> TenantResolvers.pathAfter("t"));
        assertThatIllegalArgumentException().isThrownBy(() -> ReferenceFormat.keyOrSlug(TenantKeyType.TEXT));
        assertThatIllegalArgumentException().isThrownBy(() -> TenantResolvers.subdomainOf("example.com", "WWW"));
    }

    /** A slug that looks like a key, from before the registry refused it. */
    @Test
    void aTextThatIsTwoTenantsNameIsRefused() {
        Tenant thief = new Tenant(TenantKey.of(9L), new Slug("2"), "Thief");
        Tenant padded = new Tenant(TenantKey.of(10L), new Slug("007"), "Padded");
        TenantRegistry registry = new FixedRegistry(List.of(ACME, GLOBEX, thief, padded), Map.of());
        TenantResolution resolution = TenantResolution.builder(registry)
                .resolver(TenantResolvers.claim("tenant", EITHER))
                .build();
        assertThat(refusal(resolution, at("x.org").claim("tenant", "2"))).isEqualTo(MALFORMED);
        assertThat(refusal(resolution, at("x.org").claim("tenant", 2L))).isEqualTo(MALFORMED);
        assertThat(refusal(resolution, at("x.org").claim("tenant", "007"))).isEqualTo(MALFORMED);
        assertThat(resolution.resolve(at("x.org").claim("tenant", "1"))).isEqualTo(new ForTenant(ACME)); // the control
        TenantResolution guarded = TenantResolution.builder(registry)
                .resolver(TenantResolvers.subdomainOf("example.com"))
                .tokenGuard("tenant", EITHER)
                .build();
        for (String host : List.of("2.example.com", "globex.example.com")) {
            assertThat(refusal(guarded, at(host).claim("tenant", "2"))).isEqualTo(MALFORMED);
        }
        assertThat(TenantResolution.builder(registry)
                        .resolver(TenantResolvers.claim("tenant", ReferenceFormat.key(TenantKeyType.BIGINT)))
                        .build()
                        .resolve(at("x.org").claim("tenant", "2")))
                .isEqualTo(new ForTenant(GLOBEX)); // there it can only be the key
    }

    /** A cache may not have heard yet that a slug has changed hands. */
    @Test
    void aTokenIsForWhoeverHasTheSlugNow() {
        Tenant successor = new Tenant(TenantKey.of(9L), ACME.slug(), "Successor");
        TenantRegistry stale = new TenantRegistry() {
            @Override
            public Optional<Tenant> find(TenantKey key) {
                return REGISTRY.find(key);
            }

            @Override
            public Optional<Tenant> findBySlug(Slug slug) {
                return REGISTRY.findBySlug(slug);
            }

            @Override
            public Optional<Tenant> findBySlugNow(Slug slug) {
                return Optional.of(successor);
            }
        };
        TenantResolution guarded = TenantResolution.builder(stale)
                .resolver(TenantResolvers.subdomainOf("example.com"))
                .tokenGuard("tenant", EITHER)
                .build();
        assertThat(refusal(guarded, at("acme.example.com").claim("tenant", "acme")))
                .isEqualTo(TOKEN_MISMATCH);
        assertThat(guarded.resolve(at("acme.example.com").claim("tenant", "1"))).isEqualTo(new ForTenant(ACME));
    }
}
