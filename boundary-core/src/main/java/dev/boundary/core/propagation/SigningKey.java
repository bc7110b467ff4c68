package dev.boundary.core.propagation;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that signs what a {@link TenantCarrier} writes, with HMAC-SHA256 (RFC 2104). Immutable and safe for use by
 * several threads; its text form does not show the secret.
 *
 * @since 0.1
 */
public final class SigningKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private final String id;
    private final SecretKeySpec secret;

    private SigningKey(String id, byte[] secret) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "The id of a signing key takes 1 to 32 letters, digits, - and _; the header"
                            + " contains it, so that the receiver knows which key to verify with.");
        }
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException("The signing key \"" + id + "\" has " + secret.length
                    + " bytes and needs at least " + MIN_BYTES + " (RFC 2104, section 3). Create one with: openssl rand"
                    + " -base64 32");
        }
        this.id = id;
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /**
     * A key from its bytes.
     *
     * @param id the name of the key for sender and receiver; 1 to 32 letters, digits, hyphens and underscores, not
     *     secret
     * @param secret at least 32 random bytes; copied
     * @return the key
     * @throws IllegalArgumentException if the id is no such name or the secret is too short
     */
    public static SigningKey of(String id, byte[] secret) {
        return new SigningKey(id, secret);
    }

    /**
     * A key from its Base64 form, as in a configuration.
     *
     * @param id the name of the key for sender and receiver
     * @param base64 at least 32 random bytes in Base64 (RFC 4648, section 4)
     * @return the key
     * @throws IllegalArgumentException if the id is no such name, or the secret is too short or not Base64; the message
     *     does not show it
     */
    public static SigningKey ofBase64(String id, String base64) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The signing key \"" + id + "\" is not Base64.", e);
        }
        return new SigningKey(id, secret);
    }

    /**
     * The name of the key for sender and receiver.
     *
     * @return the id, which is not secret
     */
    public String id() {
        return id;
    }

    byte[] sign(byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM + ", which every Java must have.", e);
        }
    }

    boolean verifies(byte[] text, byte[] signature) {
        return MessageDigest.isEqual(sign(text), signature);
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
