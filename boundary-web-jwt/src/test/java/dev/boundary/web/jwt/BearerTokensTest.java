package dev.boundary.web.jwt;

import static dev.boundary.web.TenantResolutionException.Reason.MALFORMED;
import static dev.boundary.web.TenantResolutionException.Reason.NO_TENANT;
import static dev.boundary.web.TenantResolutionException.Reason.SUSPENDED;
import static dev.boundary.web.TenantResolutionException.Reason.TOKEN_INVALID;
import static dev.boundary.web.TenantResolutionException.Reason.UNKNOWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.TenantResolutionFailed;
import dev.boundary.core.registry.FixedRegistry;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistry;
import dev.boundary.core.registry.TenantState;
import dev.boundary.web.ReferenceFormat;
import dev.boundary.web.RequestView;
import dev.boundary.web.TenantResolution;
import dev.boundary.web.TenantResolution.Resolved;
import dev.boundary.web.TenantResolution.Resolved.ForTenant;
import dev.boundary.web.TenantResolutionException;
import dev.boundary.web.TenantResolutionException.Reason;
import dev.boundary.web.TenantResolvers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BearerTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String CLAIMS = """
            {"iss":"https://login.example.com","aud":"bookings","exp":%d,"tenant":%s}""";

    private static final Tenant ACME = new Tenant(TenantKey.of(1L), new Slug("acme"), "Acme");
    private static final TenantRegistry REGISTRY = new FixedRegistry(
            List.of(
                    ACME,
                    new Tenant(TenantKey.of(2L), new Slug("globex"), "Globex"),
                    new Tenant(TenantKey.of(3L), new Slug("late"), "Late").in(TenantState.SUSPENDED)),
            Map.of());

    private static final RSAKey KEY = generated("k1");
    private static final RSAKey OTHER = generated("k1");
    private static final byte[] SECRET = "a secret that both services have!".getBytes(UTF_8);

    private static final TenantResolution RESOLUTION = TenantResolution.builder(REGISTRY)
            .resolver(TenantResolvers.claim("tenant", ReferenceFormat.keyOrSlug(TenantKeyType.BIGINT)))
            .build();

    private static RSAKey generated(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWKSource<SecurityContext> published() {
        return new ImmutableJWKSet<>(new JWKSet(KEY.toPublicJWK()));
    }

    private static BearerTokens.Builder settings() {
        return BearerTokens.signedBy(published(), JWSAlgorithm.RS256, JWSAlgorithm.PS256)
                .issuer("https://login.example.com")
                .audience("bookings")
                .clock(() -> NOW);
    }

    private static String signed(UnaryOperator<JWSHeader.Builder> header, String claims, JWSSigner signer) {
        JWSAlgorithm algorithm = signer instanceof MACSigner ? JWSAlgorithm.HS256 : JWSAlgorithm.RS256;
        JWSHeader.Builder builder = new JWSHeader.Builder(algorithm).keyID("k1");
        try {
            JWSObject token = new JWSObject(header.apply(builder).build(), new Payload(claims));
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(String claims) {
        return signed(header -> header, claims, signer(KEY));
    }

    private static JWSSigner signer(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSSigner mac(byte[] secret) {
        try {
            return new MACSigner(secret);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String claims(String tenant) {
        return CLAIMS.formatted(NOW.plusSeconds(60).getEpochSecond(), tenant);
    }

    private static String expiring(Instant when) {
        return signed(CLAIMS.formatted(when.getEpochSecond(), "\"acme\""));
    }

    /** A token of hand-written parts, with an arbitrary signature. */
    private static String written(String header, String claims) {
        return Base64URL.encode(header) + "." + Base64URL.encode(claims) + "." + Base64URL.encode("signature");
    }

    private static byte[] publicKey() {
        try {
            return KEY.toRSAPublicKey().getEncoded();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Arguments bearer(String what, String token, Object outcome) {
        return arguments(what, List.of("Bearer " + token), outcome);
    }

    static Stream<Arguments> requests() {
        String good = signed(claims("\"acme\""));
        String noSignature = good.substring(0, good.lastIndexOf('.') + 1);
        return Stream.of(
                // valid tokens
                bearer("slug", good, ACME),
                bearer("key", signed(claims("1")), ACME),
                arguments("scheme in lower case", List.of("bearer " + good), ACME),
                arguments("scheme in capitals, two spaces", List.of("BEARER  " + good), ACME),
                bearer("typ JWT", signed(h -> h.type(JOSEObjectType.JWT), claims("1"), signer(KEY)), ACME),
                bearer("typ at+jwt", signed(h -> h.type(new JOSEObjectType("at+jwt")), claims("1"), signer(KEY)), ACME),
                bearer("several audiences", signed(claims("1").replace("\"bookings\"", "[\"x\",\"bookings\"]")), ACME),
                bearer("expired within the skew", expiring(NOW.minusSeconds(29)), ACME),
                // requests
                arguments("no header", List.of(), NO_TENANT),
                arguments("empty header", List.of(""), NO_TENANT),
                arguments("another scheme", List.of("Basic YWNtZTphY21l"), NO_TENANT),
                arguments("a scheme that begins like it", List.of("Bearerx " + good), NO_TENANT),
                arguments("two headers", List.of("Bearer " + good, "Bearer " + good), MALFORMED),
                arguments("two headers of two schemes", List.of("Basic YWNtZTphY21l", "Bearer " + good), MALFORMED),
                arguments("two tokens in one", List.of("Bearer " + good + ", Bearer " + good), MALFORMED),
                arguments("two words", List.of("Bearer " + good + " " + good), MALFORMED),
                arguments("no token", List.of("Bearer"), MALFORMED),
                arguments("only spaces", List.of("Bearer   "), MALFORMED),
                arguments("a tab", List.of("Bearer\t" + good), MALFORMED),
                arguments("line break", List.of("Bearer " + good + "\r\nX-Tenant: globex"), MALFORMED),
                arguments("not ASCII", List.of("Bearer \u00e4\u00f6\u00fc"), MALFORMED),
                arguments("huge", List.of("Bearer " + "a".repeat(1_000_000)), MALFORMED),
                // the form of the token
                bearer("no token at all", "acme", TOKEN_INVALID),
                bearer("dots", "..", TOKEN_INVALID),
                bearer("five parts", "a.b.c.d.e", TOKEN_INVALID),
                bearer("truncated", good.substring(0, good.length() / 2), TOKEN_INVALID),
                bearer("one character less", good.substring(0, good.length() - 1), TOKEN_INVALID),
                bearer("no signature", noSignature, TOKEN_INVALID),
                bearer("header is no JSON", "e30x.e30." + "x", TOKEN_INVALID),
                bearer("header is an array", written("[]", claims("\"acme\"")), TOKEN_INVALID),
                bearer("header is deep", written("[".repeat(4000), claims("\"acme\"")), TOKEN_INVALID),
                bearer(
                        "header is deep within",
                        written("{\"alg\":\"RS256\",\"x\":" + "[".repeat(4000) + "}", "{}"),
                        TOKEN_INVALID),
                bearer("header without alg", written("{}", claims("\"acme\"")), TOKEN_INVALID),
                // the algorithm
                bearer("none", written("{\"alg\":\"none\"}", claims("\"acme\"")), TOKEN_INVALID),
                bearer(
                        "none, unsigned",
                        Base64URL.encode("{\"alg\":\"none\"}") + "." + Base64URL.encode(claims("1")) + ".",
                        TOKEN_INVALID),
                bearer("None", written("{\"alg\":\"None\"}", claims("\"acme\"")), TOKEN_INVALID),
                bearer(
                        "HS256 with the public key",
                        signed(h -> h, claims("\"acme\""), mac(publicKey())),
                        TOKEN_INVALID),
                bearer(
                        "HS256 with the public key, no id",
                        signed(h -> h.keyID(null), claims("\"acme\""), mac(publicKey())),
                        TOKEN_INVALID),
                bearer("an algorithm that is not accepted", signedAs(JWSAlgorithm.RS512), TOKEN_INVALID),
                bearer("another that is", signedAs(JWSAlgorithm.PS256), ACME),
                bearer("an unknown one", written("{\"alg\":\"XX999\"}", claims("\"acme\"")), TOKEN_INVALID),
                bearer(
                        "encrypted",
                        Base64URL.encode("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}") + "..a.b.c",
                        TOKEN_INVALID),
                // the key
                bearer("another key of the same id", signed(h -> h, claims("\"acme\""), signer(OTHER)), TOKEN_INVALID),
                bearer(
                        "another key, in the header",
                        signed(h -> h.jwk(OTHER.toPublicJWK()), claims("1"), signer(OTHER)),
                        TOKEN_INVALID),
                bearer(
                        "another key, at an address",
                        signed(h -> h.jwkURL(URI.create("http://127.0.0.1:1/")), claims("1"), signer(OTHER)),
                        TOKEN_INVALID),
                bearer(
                        "an id that is not known",
                        signed(h -> h.keyID("k2"), claims("\"acme\""), signer(OTHER)),
                        TOKEN_INVALID),
                bearer(
                        "an id that is a path",
                        signed(h -> h.keyID("../../dev/null"), claims("1"), mac(new byte[32])),
                        TOKEN_INVALID),
                bearer(
                        "an id that is SQL",
                        signed(h -> h.keyID("' or 1=1 --"), claims("1"), signer(KEY)),
                        TOKEN_INVALID),
                bearer("changed claims", changed(good), TOKEN_INVALID),
                bearer(
                        "crit",
                        signed(
                                h -> h.criticalParams(java.util.Set.of("x")).customParam("x", 1),
                                claims("1"),
                                signer(KEY)),
                        TOKEN_INVALID),
                bearer(
                        "typ of another kind",
                        signed(h -> h.type(new JOSEObjectType("logout+jwt")), claims("1"), signer(KEY)),
                        TOKEN_INVALID),
                // time, issuer, audience
                bearer("expired", expiring(NOW.minusSeconds(31)), TOKEN_INVALID),
                bearer("without exp", signed(claims("\"acme\"").replace("\"exp\"", "\"x\"")), TOKEN_INVALID),
                bearer(
                        "exp is text",
                        signed(claims("1").replaceFirst("\"exp\":\\d+", "\"exp\":\"never\"")),
                        TOKEN_INVALID),
                bearer("exp is null", signed(claims("1").replaceFirst("\"exp\":\\d+", "\"exp\":null")), TOKEN_INVALID),
                bearer(
                        "iss is null",
                        signed(claims("1").replaceFirst("\"iss\":\"[^\"]*\"", "\"iss\":null")),
                        TOKEN_INVALID),
                bearer("aud is null", signed(claims("1").replace("\"bookings\"", "null")), TOKEN_INVALID),
                bearer("aud is empty", signed(claims("1").replace("\"bookings\"", "[]")), TOKEN_INVALID),
                bearer(
                        "not yet valid",
                        signed(claims("1")
                                .replace("{", "{\"nbf\":" + NOW.plusSeconds(31).getEpochSecond() + ",")),
                        TOKEN_INVALID),
                bearer(
                        "valid by the skew",
                        signed(claims("1")
                                .replace("{", "{\"nbf\":" + NOW.plusSeconds(29).getEpochSecond() + ",")),
                        ACME),
                bearer("another issuer", signed(claims("1").replace("login.", "evil.")), TOKEN_INVALID),
                bearer(
                        "issuer with a slash",
                        signed(claims("1").replace("example.com", "example.com/")),
                        TOKEN_INVALID),
                bearer("without issuer", signed(claims("1").replace("\"iss\"", "\"x\"")), TOKEN_INVALID),
                bearer("another audience", signed(claims("1").replace("bookings", "billing")), TOKEN_INVALID),
                bearer("without audience", signed(claims("1").replace("\"aud\"", "\"x\"")), TOKEN_INVALID),
                // the claims
                bearer("claims are no object", signed("[\"acme\"]"), TOKEN_INVALID),
                bearer("claims are no JSON", signed("acme"), TOKEN_INVALID),
                bearer("the tenant twice", signed(claims("\"acme\",\"tenant\":\"globex\"")), TOKEN_INVALID),
                bearer("a tenant that there is not", signed(claims("\"nobody\"")), UNKNOWN),
                bearer("a suspended one", signed(claims("\"late\"")), SUSPENDED),
                bearer("several tenants", signed(claims("[\"acme\",\"globex\"]")), MALFORMED),
                bearer("one, in an array", signed(claims("[\"acme\"]")), MALFORMED),
                bearer("an object", signed(claims("{\"slug\":\"acme\"}")), MALFORMED),
                bearer("true", signed(claims("true")), MALFORMED),
                bearer("a fraction", signed(claims("1.5")), MALFORMED),
                bearer("a huge number", signed(claims("1e400")), TOKEN_INVALID),
                bearer("an overlong number", signed(claims("18446744073709551617")), MALFORMED),
                bearer("null", signed(claims("null")), NO_TENANT),
                bearer("none", signed(claims("1").replace("\"tenant\"", "\"other\"")), NO_TENANT),
                bearer("empty", signed(claims("\"\"")), MALFORMED),
                bearer("capitals", signed(claims("\"ACME\"")), MALFORMED),
                bearer("Cyrillic", signed(claims("\"\u0430cme\"")), MALFORMED),
                bearer("SQL", signed(claims("\"'; drop table tenant; --\"")), MALFORMED));
    }

    private static String signedAs(JWSAlgorithm algorithm) {
        try {
            JWSObject token = new JWSObject(
                    new JWSHeader.Builder(algorithm).keyID("k1").build(), new Payload(claims("\"acme\"")));
            token.sign(signer(KEY));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String changed(String token) {
        return token.substring(0, token.indexOf('.') + 1)
                + Base64URL.encode(claims("\"globex\""))
                + token.substring(token.lastIndexOf('.'));
    }

    /** Input may be hostile: each has exactly the expected outcome, never another error and never another tenant. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void eachTokenHasOneOutcome(String what, List<String> authorization, Object outcome) {
        BearerTokens tokens = settings().build();
        if (outcome instanceof Reason reason) {
            assertThatExceptionOfType(TenantResolutionException.class)
                    .isThrownBy(() -> RESOLUTION.resolve(tokens.verified(new WithAuthorization(authorization))))
                    .matches(refused -> refused.reason() == reason, "for the reason " + reason)
                    .matches(refused -> refused.status() == statusOf(reason))
                    .matches(refused -> refused.toString().length() < 400)
                    .matches(refused -> !refused.toString().contains("eyJ"), "without the token");
        } else {
            assertThat(RESOLUTION.resolve(tokens.verified(new WithAuthorization(authorization))))
                    .isEqualTo(new ForTenant((Tenant) outcome));
        }
    }

    private static int statusOf(Reason reason) {
        return switch (reason) {
            case MALFORMED -> 400;
            case TOKEN_INVALID -> 401;
            case NO_TENANT, UNKNOWN -> 404;
            default -> 403;
        };
    }

    @Test
    void findsTheTenantByVerifiedClaims() {
        JWKSource<SecurityContext> keys = published();
        RequestView request = new WithAuthorization(List.of("Bearer " + signed(claims("\"acme\""))));
        TenantRegistry registry = REGISTRY;
        BearerTokens.Builder atNow =
                BearerTokens.signedBy(keys, JWSAlgorithm.RS256).clock(() -> NOW);
        // @start region="tokens"
        BearerTokens tokens = atNow // BearerTokens.signedBy(keys, JWSAlgorithm.RS256)
                .issuer("https://login.example.com")
                .audience("bookings")
                .build();
        TenantResolution resolution = TenantResolution.builder(registry)
                .resolver(TenantResolvers.claim("tenant", ReferenceFormat.slug()))
                .build();

        Resolved resolved = resolution.resolve(tokens.verified(request));
        // @end
        assertThat(resolved).isEqualTo(new ForTenant(ACME));
        Map<String, Object> claims =
                tokens.claims(request.headers("Authorization")).orElseThrow();
        assertThat(claims).containsEntry("tenant", "acme").containsKeys("iss", "aud", "exp");
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> claims.put("tenant", "globex"));
    }

    @Test
    void aSharedSecretVerifiesOnlyItsOwnTokens() {
        BearerTokens tokens = BearerTokens.sharedSecret(SECRET)
                .issuer("https://login.example.com")
                .audience("bookings")
                .clock(() -> NOW)
                .build();
        assertThat(tokens.claims(List.of("Bearer " + signed(h -> h, claims("1"), mac(SECRET)))))
                .isPresent();
        byte[] other = SECRET.clone();
        other[0]++;
        for (String token : List.of(
                signed(h -> h, claims("1"), mac(other)),
                signed(claims("1")),
                written("{\"alg\":\"none\"}", claims("1")))) {
            assertThatExceptionOfType(TenantResolutionException.class)
                    .isThrownBy(() -> tokens.claims(List.of("Bearer " + token)))
                    .matches(refused -> refused.reason() == TOKEN_INVALID);
        }
    }

    /** A shared secret in the set of public keys must not verify tokens. */
    @Test
    void aSymmetricKeyAmongThePublicKeysVerifiesNothing() {
        JWKSet mixed = new JWKSet(List.of(
                KEY.toPublicJWK(),
                new OctetSequenceKey.Builder(SECRET).keyID("k1").build()));
        BearerTokens tokens = BearerTokens.signedBy(new ImmutableJWKSet<>(mixed), JWSAlgorithm.RS256)
                .issuer("https://login.example.com")
                .audience("bookings")
                .clock(() -> NOW)
                .build();
        assertThat(tokens.claims(List.of("Bearer " + signed(claims("1"))))).isPresent();
        assertThatExceptionOfType(TenantResolutionException.class)
                .isThrownBy(() -> tokens.claims(List.of("Bearer " + signed(h -> h, claims("1"), mac(SECRET)))));
    }

    @Test
    void unavailableKeysDoNotMakeATokenInvalid() {
        String token = "Bearer " + signed(claims("1"));
        assertThatIllegalStateException()
                .isThrownBy(() -> from((selector, context) -> {
                            throw new KeySourceException("The server does not answer");
                        })
                        .claims(List.of(token)));
        assertThatIllegalStateException()
                .isThrownBy(() -> from((selector, context) -> {
                            throw new IllegalArgumentException("not a set of keys");
                        })
                        .claims(List.of(token)));
        assertThatExceptionOfType(TenantResolutionException.class) // or a flood of unknown ids would be an outage
                .isThrownBy(() -> from((selector, context) -> {
                            throw new RateLimitReachedException();
                        })
                        .claims(List.of(token)))
                .matches(refused -> refused.reason() == TOKEN_INVALID);
    }

    private static BearerTokens from(JWKSource<SecurityContext> keys) {
        return BearerTokens.signedBy(keys, JWSAlgorithm.RS256)
                .issuer("https://login.example.com")
                .audience("bookings")
                .clock(() -> NOW)
                .build();
    }

    @Test
    void publishesRefusedTokens() {
        List<BoundaryEvent> events = new ArrayList<>();
        BearerTokens tokens = settings().listener(events::add).build();
        assertThatExceptionOfType(TenantResolutionException.class).isThrownBy(() -> tokens.claims(List.of("Bearer x")));
        assertThat(events).singleElement().isInstanceOf(TenantResolutionFailed.class);
    }

    @Test
    void refusesUnsafeSettings() {
        for (JWSAlgorithm wrong : List.of(JWSAlgorithm.HS256, new JWSAlgorithm("none"), new JWSAlgorithm("NONE"))) {
            assertThatIllegalArgumentException().isThrownBy(() -> BearerTokens.signedBy(published(), wrong));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BearerTokens.signedBy(published(), JWSAlgorithm.RS256, wrong));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> BearerTokens.sharedSecret(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> settings().clockSkew(Duration.ofMinutes(6)));
        assertThatIllegalArgumentException().isThrownBy(() -> settings().clockSkew(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> settings().maxLength(0));
        assertThatIllegalStateException()
                .isThrownBy(() -> BearerTokens.sharedSecret(SECRET).issuer("me").build());
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> BearerTokens.sharedSecret(SECRET).audience("me").build());
    }

    /** A request with nothing but the header. */
    private record WithAuthorization(List<String> values) implements RequestView {

        @Override
        public String host() {
            return "";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public List<String> headers(String name) {
            return name.toLowerCase(Locale.ROOT).equals("authorization") ? values : List.of();
        }
    }
}
