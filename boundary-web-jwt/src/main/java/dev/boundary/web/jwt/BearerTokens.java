package dev.boundary.web.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import dev.boundary.core.event.BoundaryEvent.TenantResolutionFailed;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.web.RequestView;
import dev.boundary.web.TenantResolutionException;
import dev.boundary.web.TenantResolutionException.Reason;
import dev.boundary.web.jwt.TokenVerifier.Expectation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the bearer tokens (RFC 6750) of requests, which are signed JSON Web Tokens (RFC 7519), and provides their
 * claims to {@code TenantResolvers.claim(...)} and the token guard of {@code TenantResolution}. Uses Nimbus JOSE + JWT.
 *
 * {@snippet file="dev/boundary/web/jwt/BearerTokensTest.java" region="tokens"}
 *
 * <p>A token is verified before any of its claims is used: it must be signed with one of the given algorithms and a key
 * of the given source, come from the given issuer, be for the given audience, have an expiration time and be valid now.
 * Keys that its header points to or holds ({@code jku}, {@code x5u}, {@code jwk}) are ignored. Encrypted and unsigned
 * tokens are refused.
 *
 * <p>A token that is not valid is {@link Reason#TOKEN_INVALID}; a request whose token cannot be determined is
 * {@link Reason#MALFORMED}. No message shows a token. If the keys are not available, because their server is down, say,
 * that is an {@link IllegalStateException}: it is not the caller's fault.
 *
 * <p>Immutable and safe for use by several threads if the source of the keys is.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // transitive, every module above would need Nimbus
public final class BearerTokens {

    private final AuthorizationHeader header;
    private final TokenVerifier verifier;
    private final EventPublisher events;

    private BearerTokens(TokenVerifier verifier, Builder builder) {
        this.verifier = verifier;
        this.header = new AuthorizationHeader(builder.maxLength);
        this.events = new EventPublisher(builder.listeners);
    }

    /**
     * Begins the verification of tokens that an identity provider signs with a private key.
     *
     * @param keys the public keys: {@code JWKSourceBuilder.create(url).build()} for those that the provider publishes
     * @param algorithm an accepted signature algorithm
     * @param others more accepted algorithms
     * @return a builder with the rest of the settings
     * @throws IllegalArgumentException if one of the algorithms does not sign with a private key: {@code none}, or one
     *     with a shared secret, which would accept a public key as the secret
     */
    public static Builder signedBy(JWKSource<SecurityContext> keys, JWSAlgorithm algorithm, JWSAlgorithm... others) {
        Set<JWSAlgorithm> algorithms = new HashSet<>(List.of(others));
        algorithms.add(algorithm);
        algorithms.forEach(BearerTokens::requirePrivateKey);
        return new Builder(
                new JWSVerificationKeySelector<>(algorithms, reportingFailures(Objects.requireNonNull(keys, "keys"))));
    }

    private static void requirePrivateKey(JWSAlgorithm algorithm) {
        if (!JWSAlgorithm.Family.SIGNATURE.contains(algorithm)) {
            throw new IllegalArgumentException("The algorithm " + algorithm + " does not sign with a private key. Take"
                    + " RS256, PS256, ES256, Ed25519 or the like; for HS256 there is sharedSecret(...).");
        }
    }

    /**
     * Begins the verification of tokens that another of your services signs with HS256 and a shared secret.
     *
     * @param secret at least 32 random bytes (RFC 7518, section 3.2); copied
     * @return a builder with the rest of the settings
     * @throws IllegalArgumentException if the secret is shorter
     */
    public static Builder sharedSecret(byte[] secret) {
        if (secret.length < 32) {
            throw new IllegalArgumentException("The secret has " + secret.length
                    + " bytes, and HS256 requires at least 32. Create one with: openssl rand -base64 32");
        }
        SecretKey key = new SecretKeySpec(secret, "HmacSHA256"); // a copy
        return new Builder(
                (header, context) -> JWSAlgorithm.HS256.equals(header.getAlgorithm()) ? List.of(key) : List.of());
    }

    /** A failure of the source of the keys does not make a token invalid. */
    private static JWKSource<SecurityContext> reportingFailures(JWKSource<SecurityContext> keys) {
        return (selector, context) -> {
            try {
                return keys.get(selector, context);
            } catch (RuntimeException e) {
                throw new KeySourceException("The source of the keys failed", e);
            }
        };
    }

    /**
     * Verifies the token of a request.
     *
     * @param authorization all values of the header {@code Authorization}
     * @return the claims of the token, without those that are null, unmodifiable; empty if there is no bearer token
     * @throws TenantResolutionException if the token is not valid, or the header is malformed
     * @throws IllegalStateException if the keys are not available
     */
    public Optional<Map<String, Object>> claims(List<String> authorization) {
        try {
            return header.token(authorization).map(verifier::verify);
        } catch (TenantResolutionException e) {
            events.publish(new TenantResolutionFailed(e));
            throw e;
        }
    }

    /**
     * Verifies the token of a request, as {@link #claims} does.
     *
     * @param request the request
     * @return the same request with the claims of its token
     * @throws TenantResolutionException if the token is not valid, or the header is malformed
     * @throws IllegalStateException if the keys are not available
     */
    public RequestView verified(RequestView request) {
        return new VerifiedRequest(request, claims(request.headers(AuthorizationHeader.NAME)));
    }

    /** The settings of {@link BearerTokens}. Not for use by several threads. */
    public static final class Builder {

        private static final Duration MAX_SKEW = Duration.ofMinutes(5);

        private final JWSKeySelector<SecurityContext> keys;
        private final List<BoundaryListener> listeners = new ArrayList<>();
        private @Nullable String issuer;
        private @Nullable String audience;
        private Duration clockSkew = Duration.ofSeconds(30);
        private int maxLength = 8 * 1024;
        private InstantSource clock = InstantSource.system();

        private Builder(JWSKeySelector<SecurityContext> keys) {
            this.keys = keys;
        }

        /**
         * Sets who issues the tokens: their claim {@code iss}. Required.
         *
         * @param name the issuer, compared character by character
         * @return this
         */
        public Builder issuer(String name) {
            this.issuer = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Sets whom the tokens are for: one of the values of their claim {@code aud}. Required, because otherwise a
         * token for another service would be accepted.
         *
         * @param name this service, as the issuer calls it
         * @return this
         */
        public Builder audience(String name) {
            this.audience = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Sets by how much the clocks may differ when {@code exp} and {@code nbf} are checked. Default: 30 seconds.
         *
         * @param skew from zero to five minutes; counted in whole seconds
         * @return this
         * @throws IllegalArgumentException if it is out of this range
         */
        public Builder clockSkew(Duration skew) {
            if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
                throw new IllegalArgumentException("Clocks may differ by up to " + MAX_SKEW + ", not by " + skew
                        + ": an expired token would stay valid that long.");
            }
            this.clockSkew = skew;
            return this;
        }

        /**
         * Limits the length of the header {@code Authorization}. Default: 8192 characters.
         *
         * @param characters more than zero
         * @return this
         * @throws IllegalArgumentException if it is zero or less
         */
        public Builder maxLength(int characters) {
            if (characters <= 0) {
                throw new IllegalArgumentException("The length must be more than zero, not " + characters + ".");
            }
            this.maxLength = characters;
            return this;
        }

        /**
         * Adds a listener.
         *
         * @param listener receives an event for each refused token
         * @return this
         */
        public Builder listener(BoundaryListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Sets the clock that {@code exp} and {@code nbf} are compared with. Default: the system's clock.
         *
         * @param source the clock
         * @return this
         */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Builds the verification.
         *
         * @return the verification
         * @throws IllegalStateException if the issuer or the audience is missing
         */
        public BearerTokens build() {
            if (issuer == null || audience == null) {
                throw new IllegalStateException(
                        "Name the issuer and the audience of the tokens: issuer(...) and audience(...).");
            }
            Expectation expected = new Expectation(issuer, audience, clockSkew, clock);
            return new BearerTokens(new TokenVerifier(keys, expected), this);
        }
    }
}
