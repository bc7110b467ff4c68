package dev.boundary.core.routing;

import java.util.Optional;
import java.util.regex.Pattern;

/** The names of tenants' own schemas and databases. */
final class PlaceName {

    /**
     * Without capitals, quotes, dollars and commas: {@code "$user"} in a search path is the role's name even in quotes.
     */
    private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9_-]{0,62}");

    private static final int MAX_SHOWN = 80;

    private PlaceName() {}

    static void check(String what, String name, Pattern reserved) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + printable(name) + "\" cannot be the name of a tenant's own "
                    + what + ": it takes 1 to 63 of a-z, 0-9, _ and -, the first of them no hyphen.");
        }
        if (reserved.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" cannot be the name of a tenant's own " + what
                    + ": PostgreSQL, Boundary or the shared tables have names like it. Take another.");
        }
    }

    static String in(Optional<String> region) {
        return region.map(name -> " in region " + name).orElse("");
    }

    static String printable(String text) {
        String head = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
        return head.replaceAll("\\p{C}", "?");
    }
}
