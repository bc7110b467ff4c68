package dev.boundary.core.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Which statement an event is about, and which code sent it.
 *
 * @param statement the SQL as it was written, with placeholders instead of bind values
 * @param fingerprint the same for all statements that differ only in how many values a list holds; 12 hexadecimal digits
 * @param callSite the class, method and line that called jOOQ, or {@code unknown}
 */
public record StatementOrigin(String statement, String fingerprint, String callSite) {

    private static final int DIGITS = 12;

    /** Checks that all are there. */
    public StatementOrigin {
        Objects.requireNonNull(statement, "statement");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(callSite, "callSite");
    }

    /**
     * Takes the fingerprint of a statement.
     *
     * @param statement the SQL, with placeholders
     * @param callSite where it was sent from
     * @return both, and the fingerprint
     */
    public static StatementOrigin of(String statement, String callSite) {
        String shape = statement.replaceAll("\\?(\\s*,\\s*\\?)+", "?").replaceAll("alias_\\d+", "alias");
        return new StatementOrigin(statement, hash(shape), callSite);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
