package dev.boundary.core.registry;

import java.util.regex.Pattern;

/**
 * The short name of a tenant in host names and paths: a DNS label in lower case, 1 to 63 of {@code a-z}, {@code 0-9}
 * and {@code -}, with no hyphen at either end (RFC 1123, section 2.1), and not the form {@code xn--...}, which stands
 * for other characters (RFC 5891, section 4.2.3.1).
 *
 * @param value the name
 * @since 0.1
 */
public record Slug(String value) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is no such label
     */
    public Slug {
        if (!isValid(value)) {
            throw new IllegalArgumentException("\"" + shortened(value) + "\" is not a slug: it takes 1 to 63 lower-case"
                    + " letters a-z, digits and hyphens, with none of the hyphens first, last, or third and fourth.");
        }
    }

    /**
     * Whether a text can be a slug.
     *
     * @param text the text
     * @return whether the constructor takes it
     */
    public static boolean isValid(String text) {
        return LABEL.matcher(text).matches() && !text.startsWith("--", 2);
    }

    private static String shortened(String text) {
        String head = text.length() <= 80 ? text : text.substring(0, 80) + "...";
        return head.codePoints()
                .collect(
                        StringBuilder::new,
                        (printable, point) -> printable.appendCodePoint(Character.isISOControl(point) ? '?' : point),
                        StringBuilder::append)
                .toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
