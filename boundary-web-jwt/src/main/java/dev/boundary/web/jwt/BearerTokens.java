package dev.boundary.web.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.boundary.core.event.BoundaryEvent.TenantResolutionFailed;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.web.RequestView;
import dev.boundary.web.TenantResolutionException;
import dev.boundary.web.TenantResolutionException.Reason;
import java.security.Principal;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the bearer tokens (RFC 6750) of requests, which are signed JSON Web Tokens (RFC 7519), and hands on their
 * claims: to {@code TenantResolvers.claim(...)} and the token guard of {@code TenantResolution}. Needs Nimbus JOSE +
 * JWT.
 *
 * {@snippet file="dev/boundary/web/jwt/BearerTokensTest.java" region="tokens"}
 *
 * <p>A token is verified before anything in it is believed: it must be signed, by one of the given algorithms and with
 * a key of the given source, come from the given issuer, be for the given audience, have an end of its validity and be
 * valid now. What its header says of keys elsewhere ({@code jku}, {@code x5u}, {@code jwk}) is not looked at. Encrypted
 * tokens and those without a signature are refused.
 *
 * <p>A token that is not valid is {@link Reason#TOKEN_INVALID}; a request in which it cannot be told what the token is,
 * {@link Reason#MALFORMED}. No message shows a token. If keys cannot be had, because their server is down, that is an
 * {@link IllegalStateException}: it is not the caller's fault.
 *
 * <p>Immutable and safe for use by several threads if the source of the keys is.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // transitive, every module above would need Nimbus
public final class BearerTokens {

    /** RFC 6750, section 2.1, and RFC 9110, section 11.1: the scheme's case does not matter. */
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(?<token>[A-Za-z0-9._~+/-]+=*) *");

    private static final Pattern ANY_BEARER = Pattern.compile("(?is)\\s*bearer\\b.*");
    private static final String AUTHORIZATION = "Authorization";

    private final DefaultJWTProcessor<SecurityContext> processor;
    private final int maxLength;
    private final EventPublisher events;

    private BearerTokens(DefaultJWTProcessor<SecurityContext> processor, Builder builder) {
        this.processor = processor;
        this.maxLength = builder.maxLength;
        this.events = new EventPublisher(builder.listeners);
    }

    /**
     * Tokens that somebody else signs with a private key.
     *
     * @param keys the public keys: {@code JWKSourceBuilder.create(url).build()} for those that an identity provider
     *     publishes
     * @param algorithm the algorithm that they are signed with
     * @param others more that are accepted
     * @return what takes the rest of the settings
     * @throws IllegalArgumentException if one of the algorithms is no signature with a private key: {@code none}, or
     *     one with a shared secret, for which a public key would pass
     */
    public static Builder signedBy(JWKSource<SecurityContext> keys, JWSAlgorithm algorithm, JWSAlgorithm... others) {
        Set<JWSAlgorithm> algorithms = new HashSet<>(List.of(others));
        algorithms.add(algorithm);
        for (JWSAlgorithm one : algorithms) {
            if (!JWSAlgorithm.Family.SIGNATURE.contains(one)) {
                throw new IllegalArgumentException(
                        "The algorithm " + one + " does not sign with a private key. Take RS256,"
                                + " PS256, ES256, Ed25519 or the like; for HS256 there is sharedSecret(...).");
            }
        }
        return new Builder(
                new JWSVerificationKeySelector<>(algorithms, ownFaults(Objects.requireNonNull(keys, "keys"))));
    }

    /**
     * Tokens that a service of one's own signs with HS256 and a secret that both have.
     *
     * @param secret at least 32 random bytes (RFC 7518, section 3.2); copied
     * @return what takes the rest of the settings
     * @throws IllegalArgumentException if the secret is shorter
     */
    public static Builder sharedSecret(byte[] secret) {
        if (secret.length < 32) {
            throw new IllegalArgumentException("The secret has " + secret.length
                    + " bytes, and HS256 needs 32 at least. Make" + " one with: openssl rand -base64 32");
        }
        SecretKey key = new SecretKeySpec(secret, "HmacSHA256"); // a copy
        return new Builder(
                (header, context) -> JWSAlgorithm.HS256.equals(header.getAlgorithm()) ? List.of(key) : List.of());
    }

    /** What goes wrong with the keys is not the token's fault. */
    private static JWKSource<SecurityContext> ownFaults(JWKSource<SecurityContext> keys) {
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
     * @throws TenantResolutionException if there is one and it is not valid, or it is not certain what it is
     * @throws IllegalStateException if the keys cannot be had
     */
    public Optional<Map<String, Object>> claims(List<String> authorization) {
        try {
            return token(authorization).map(this::verified);
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
     * @throws TenantResolutionException if there is a token and it is not valid, or it is not certain what it is
     * @throws IllegalStateException if the keys cannot be had
     */
    public RequestView verified(RequestView request) {
        return new VerifiedRequest(request, claims(request.headers(AUTHORIZATION)));
    }

    private Optional<String> token(List<String> authorization) {
        if (authorization.size() > 1) {
            throw malformed("The request has " + authorization.size() + " headers \"" + AUTHORIZATION + "\".");
        }
        if (authorization.isEmpty()
                || !ANY_BEARER.matcher(authorization.getFirst()).matches()) {
            return Optional.empty();
        }
        String header = authorization.getFirst();
        if (header.length() > maxLength) {
            throw malformed("The header \"" + AUTHORIZATION + "\" has " + header.length() + " characters, and at most "
                    + maxLength + " are accepted: maxLength(...).");
        }
        Matcher bearer = BEARER.matcher(header);
        if (!bearer.matches()) {
            throw malformed("The header \"" + AUTHORIZATION + "\" is not \"Bearer\" and one token.");
        }
        return Optional.of(bearer.group("token"));
    }

    private Map<String, Object> verified(String token) {
        JWTClaimsSet claims;
        try {
            claims = processor.process(SignedJWT.parse(token), null);
        } catch (ParseException | StackOverflowError e) { // the second: values within values, thousands deep
            throw invalid("It cannot be read as a signed JSON Web Token.", e);
        } catch (BadJOSEException e) {
            throw invalid(String.valueOf(e.getMessage()), e);
        } catch (RateLimitReachedException e) { // unknown key ids do not make us ask for keys again and again
            throw invalid("Its key is not known, and the keys have been asked for a moment ago.", e);
        } catch (KeySourceException e) {
            throw new IllegalStateException("The keys with which tokens are verified cannot be had", e);
        } catch (JOSEException | RuntimeException e) {
            throw invalid("Its signature cannot be verified.", e);
        }
        Map<String, Object> present = new HashMap<>(claims.getClaims());
        present.values().removeIf(Objects::isNull);
        return Collections.unmodifiableMap(present);
    }

    private static TenantResolutionException malformed(String what) {
        return new TenantResolutionException(Reason.MALFORMED, what);
    }

    private static TenantResolutionException invalid(String why, Throwable cause) {
        return new TenantResolutionException(Reason.TOKEN_INVALID, "The request's token is not valid: " + why, cause);
    }

    /** A request with the claims of its token. */
    private record VerifiedRequest(RequestView request, Optional<Map<String, Object>> claims) implements RequestView {

        @Override
        public String host() {
            return request.host();
        }

        @Override
        public String path() {
            return request.path();
        }

        @Override
        public List<String> headers(String name) {
            return request.headers(name);
        }

        @Override
        public Optional<Object> sessionValue(String name) {
            return request.sessionValue(name);
        }

        @Override
        public Optional<Object> attribute(String name) {
            return request.attribute(name);
        }

        @Override
        public Optional<Principal> principal() {
            return request.principal();
        }
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
         * Who signs the tokens: their claim {@code iss}. Must be given.
         *
         * @param name the issuer, compared character by character
         * @return this
         */
        public Builder issuer(String name) {
            this.issuer = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * For whom the tokens are: one of the values of their claim {@code aud}. Must be given, or a token that the
         * caller has for another service would do.
         *
         * @param name this service, as the issuer calls it
         * @return this
         */
        public Builder audience(String name) {
            this.audience = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * By how much the clocks may differ when {@code exp} and {@code nbf} are looked at. Default: 30 seconds.
         *
         * @param skew from zero to five minutes; counted in whole seconds
         * @return this
         * @throws IllegalArgumentException if it is less or more
         */
        public Builder clockSkew(Duration skew) {
            if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
                throw new IllegalArgumentException("Clocks may differ by up to " + MAX_SKEW + ", not by " + skew
                        + ": an expired token would stay valid as long.");
            }
            this.clockSkew = skew;
            return this;
        }

        /**
         * How long the header {@code Authorization} may be. Default: 8192 characters.
         *
         * @param characters more than zero
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder maxLength(int characters) {
            if (characters <= 0) {
                throw new IllegalArgumentException("The length must be more than zero, not " + characters + ".");
            }
            this.maxLength = characters;
            return this;
        }

        /**
         * Tells a listener of each token that was refused.
         *
         * @param listener the listener
         * @return this
         */
        public Builder listener(BoundaryListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * What time it is. Default: the system's clock.
         *
         * @param source the clock
         * @return this
         */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Makes what verifies the tokens.
         *
         * @return what verifies them
         * @throws IllegalStateException if issuer or audience are missing
         */
        public BearerTokens build() {
            if (issuer == null || audience == null) {
                throw new IllegalStateException(
                        "Say who signs the tokens and for whom they are: issuer(...) and" + " audience(...).");
            }
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                    JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null)); // RFC 9068; null: it says nothing
            processor.setJWSKeySelector(keys);
            processor.setJWTClaimsSetVerifier(verifier(issuer, audience));
            return new BearerTokens(processor, this);
        }

        private ClaimsVerifier verifier(String from, String to) {
            ClaimsVerifier verifier = new ClaimsVerifier(from, to, clock);
            verifier.setMaxClockSkew((int) clockSkew.toSeconds());
            return verifier;
        }
    }

    /** Looks at issuer, audience and times. */
    private static final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {

        private final InstantSource clock;

        ClaimsVerifier(String issuer, String audience, InstantSource clock) {
            super(
                    Set.of(audience),
                    new JWTClaimsSet.Builder().issuer(issuer).build(),
                    Set.of("exp", "iss", "aud"),
                    Set.of());
            this.clock = clock;
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }

        /** That a claim is there is not enough: it can be null, and the token would be valid for ever. */
        @Override
        public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
            super.verify(claims, context);
            if (claims.getExpirationTime() == null) {
                throw new BadJWTException("JWT without an expiration time");
            }
        }
    }
}
