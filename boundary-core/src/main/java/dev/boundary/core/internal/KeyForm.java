package dev.boundary.core.internal;

import dev.boundary.core.TenantKeyType;
import java.util.regex.Pattern;

/** What keys of a type look like, for names that must not look like them. */
public final class KeyForm {

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");

    /** PostgreSQL takes hyphens after any four digits, and Java five groups of any length. */
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]+(-[0-9a-fA-F]+){4}|([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}");

    private KeyForm() {}

    /**
     * Whether a text could be read as a key.
     *
     * @param type the type of the keys
     * @param text the text
     * @return whether it could; false for keys of type text, which any text could be
     */
    public static boolean matches(TenantKeyType type, String text) {
        return switch (type) {
            case BIGINT, INT -> NUMBER.matcher(text).matches();
            case UUID -> UUID.matcher(text).matches();
            case TEXT -> false;
        };
    }
}
