package dev.boundary.core.propagation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.propagation.CarrierException.Reason;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of the header: {@code v1.<key id>.<expiry, seconds since 1970>.<key type>.<tenant>.<region>.<signature>},
 * the last three in Base64 for URLs, without padding. The signature covers all before it and the audience.
 *
 * @param scope the scope of the tenant that it names
 * @param expires the end of its validity, in whole seconds
 */
record Token(TenantScope scope, Instant expires) {

    private static final String VERSION = "v1";
    private static final int FIELDS = 7;

    /** A key of type text may be long; servers accept headers of this length. */
    private static final int MAX_LENGTH = 4096;

    static Token of(TenantScope scope, Instant expires) {
        return new Token(scope, Instant.ofEpochSecond(expires.getEpochSecond()));
    }

    String signed(SigningKey key, String audience) {
        String text = String.join(
                ".",
                VERSION,
                key.id(),
                Long.toString(expires.getEpochSecond()),
                scope.tenant().type().name().toLowerCase(Locale.ROOT),
                encode(scope.tenant().asText().getBytes(UTF_8)),
                encode(scope.region().orElse("").getBytes(UTF_8)));
        String token = text + "." + encode(key.sign(signedText(text, audience)));
        if (token.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("The tenant's key and region make a header of " + token.length()
                    + " characters, and more than " + MAX_LENGTH + " would not be accepted.");
        }
        return token;
    }

    /** Reads a token; its fields are used only after its signature is verified. */
    static Token verified(String token, Map<String, SigningKey> keys, String audience) {
        String[] fields = token.length() > MAX_LENGTH ? new String[0] : token.split("\\.", -1);
        if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
            throw malformed(null);
        }
        SigningKey key = keys.get(fields[1]);
        if (key == null) {
            throw new CarrierException(
                    Reason.UNKNOWN_KEY,
                    "The header \"" + TenantCarrier.HEADER
                            + "\" is signed with a key that is not accepted here. The accepted keys are "
                            + keys.keySet()
                            + ": add the sender's with accepting(...).");
        }
        String text = token.substring(0, token.lastIndexOf('.'));
        if (!key.verifies(signedText(text, audience), decode(fields[6]))) {
            throw new CarrierException(
                    Reason.FORGED,
                    "The header \"" + TenantCarrier.HEADER + "\" does not have the signature of key \"" + key.id()
                            + "\" for the audience \"" + audience
                            + "\": it was changed, or was made for another audience."
                            + " Set the message aside and find out who sent it.");
        }
        return read(fields);
    }

    private static Token read(String[] fields) {
        try {
            TenantKeyType type = TenantKeyType.valueOf(fields[3].toUpperCase(Locale.ROOT));
            TenantKey tenant = TenantKey.parse(type, new String(decode(fields[4]), UTF_8));
            String region = new String(decode(fields[5]), UTF_8);
            return new Token(
                    new TenantScope(tenant, region.isEmpty() ? Optional.empty() : Optional.of(region)),
                    Instant.ofEpochSecond(Long.parseLong(fields[2])));
        } catch (IllegalArgumentException e) {
            throw malformed(e); // correctly signed: by a later version, say
        }
    }

    private static byte[] signedText(String text, String audience) {
        return (TenantCarrier.HEADER + '\n' + text + '\n' + audience).getBytes(UTF_8);
    }

    private static String encode(byte[] bytes) {
        return new String(Base64.getUrlEncoder().withoutPadding().encode(bytes), US_ASCII);
    }

    /** Accepts only what {@link #encode} returns, so that each value has one text. */
    private static byte[] decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
        throw malformed(null);
    }

    private static CarrierException malformed(@Nullable Exception cause) {
        return new CarrierException(
                Reason.MALFORMED,
                "The header \"" + TenantCarrier.HEADER
                        + "\" is not one that TenantCarrier wrote. Set the message aside and find out who sent it.",
                cause);
    }
}
