package dev.boundary.jooq.internal.query;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names as PostgreSQL reads them: it cuts off what exceeds 63 bytes, between characters (manual, section 4.1.1). Two
 * names that differ only after that are one name.
 */
final class Identifier {

    private static final int MAX_BYTES = 63;

    private Identifier() {}

    /** What PostgreSQL makes of a name. */
    static String cut(String name) {
        return isShort(name) ? name : name.substring(0, fitting(name));
    }

    static boolean fits(String name) {
        return isShort(name) || fitting(name) == name.length();
    }

    /** Whether PostgreSQL reads two quoted names as one. */
    static boolean same(@Nullable String left, @Nullable String right) {
        return left != null && right != null && cut(left).equals(cut(right));
    }

    /** Whether PostgreSQL reads two names as one if neither is quoted. */
    static boolean sameIgnoringCase(@Nullable String left, @Nullable String right) {
        return left != null && right != null && cut(left).equalsIgnoreCase(cut(right));
    }

    /** No character has more than three bytes in UTF-8; a surrogate pair has four. */
    private static boolean isShort(String name) {
        return name.length() <= MAX_BYTES / 3;
    }

    private static int fitting(String name) {
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            int next = name.offsetByCodePoints(end, 1);
            bytes += name.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                break;
            }
            end = next;
        }
        return end;
    }
}
