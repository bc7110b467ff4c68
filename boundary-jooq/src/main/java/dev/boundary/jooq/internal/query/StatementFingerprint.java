package dev.boundary.jooq.internal.query;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The fingerprint of a statement: the same for all that differ only in how many values a list holds.
 *
 * @param sql the SQL, with placeholders
 */
record StatementFingerprint(String sql) {

    private static final int DIGITS = 12;

    /** 12 hexadecimal digits. */
    @Override
    public String toString() {
        return hash(sql.replaceAll("\\?(\\s*,\\s*\\?)+", "?").replaceAll("alias_\\d+", "alias"));
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
