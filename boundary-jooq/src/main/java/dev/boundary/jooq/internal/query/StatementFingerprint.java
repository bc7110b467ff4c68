package dev.boundary.jooq.internal.query;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What statements have in common that differ only in how many values a list holds. */
final class StatementFingerprint {

    private static final int DIGITS = 12;

    private StatementFingerprint() {}

    /**
     * The fingerprint of a statement.
     *
     * @param sql the SQL, with placeholders
     * @return 12 hexadecimal digits
     */
    static String of(String sql) {
        String shape = sql.replaceAll("\\?(\\s*,\\s*\\?)+", "?").replaceAll("alias_\\d+", "alias");
        return hash(shape);
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
