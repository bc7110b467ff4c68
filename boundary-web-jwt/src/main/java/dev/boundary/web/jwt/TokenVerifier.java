package dev.boundary.web.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.boundary.web.TenantResolutionException;
import dev.boundary.web.TenantResolutionException.Reason;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Verifies the signature, issuer, audience and times of a token. Immutable and safe for use by several threads. */
final class TokenVerifier {

    private final DefaultJWTProcessor<SecurityContext> processor;

    TokenVerifier(JWSKeySelector<SecurityContext> keys, Expectation expected) {
        this.processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null)); // RFC 9068; null: the header gives no type
        processor.setJWSKeySelector(keys);
        processor.setJWTClaimsSetVerifier(new ClaimsVerifier(expected));
    }

    /**
     * What the claims of a token must say.
     *
     * @param issuer the claim {@code iss}
     * @param audience one of the values of the claim {@code aud}
     * @param clockSkew by how much the clocks of issuer and service may differ
     * @param clock the clock of this service
     */
    record Expectation(String issuer, String audience, Duration clockSkew, InstantSource clock) {}

    /** Returns the claims that are not null, unmodifiable. */
    Map<String, Object> verify(String token) {
        Map<String, Object> present = new HashMap<>(process(token).getClaims());
        present.values().removeIf(Objects::isNull);
        return Collections.unmodifiableMap(present);
    }

    private JWTClaimsSet process(String token) {
        try {
            return processor.process(SignedJWT.parse(token), null);
        } catch (ParseException | StackOverflowError e) { // the second: values nested thousands of levels deep
            throw invalid("It cannot be read as a signed JSON Web Token.", e);
        } catch (BadJOSEException e) {
            throw invalid(String.valueOf(e.getMessage()), e);
        } catch (RateLimitReachedException e) { // so that unknown key ids cannot make the service request keys at will
            throw invalid("Its key is unknown, and the keys were requested a moment ago.", e);
        } catch (KeySourceException e) {
            throw new IllegalStateException("The keys that verify tokens are not available", e);
        } catch (JOSEException | RuntimeException e) {
            throw invalid("Its signature cannot be verified.", e);
        }
    }

    private static TenantResolutionException invalid(String why, Throwable cause) {
        return new TenantResolutionException(Reason.TOKEN_INVALID, "The request's token is not valid: " + why, cause);
    }

    private static final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {

        private final InstantSource clock;

        ClaimsVerifier(Expectation expected) {
            super(
                    Set.of(expected.audience()),
                    new JWTClaimsSet.Builder().issuer(expected.issuer()).build(),
                    Set.of("exp", "iss", "aud"),
                    Set.of());
            this.clock = expected.clock();
            setMaxClockSkew((int) expected.clockSkew().toSeconds());
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }

        /** The claim must not only be there: if it were null, the token would never expire. */
        @Override
        public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
            super.verify(claims, context);
            if (claims.getExpirationTime() == null) {
                throw new BadJWTException("JWT without an expiration time");
            }
        }
    }
}
