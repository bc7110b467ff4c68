package dev.boundary.core;

import java.util.regex.Pattern;

/**
 * The name of the PostgreSQL custom setting that carries the tenant to the policies. Session layer and policies must
 * agree on it; Boundary compares them when it starts.
 *
 * @param name the name, two or more parts of lower-case letters, digits and underscores joined by dots (PostgreSQL
 *     manual, section 19.16 "Customized Options"); at most 63 characters
 * @since 0.1
 */
public record SessionVariable(String name) {

    /** {@code app.current_tenant_id}. */
    public static final SessionVariable DEFAULT = new SessionVariable("app.current_tenant_id");

    private static final int MAX_LENGTH = 63;

    /** Checks the name. */
    public SessionVariable {
        // Compiled here and not in a constant: DEFAULT above is initialized before later constants.
        if (name.length() > MAX_LENGTH || !Pattern.matches("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)+", name)) {
            throw new IllegalArgumentException("\"" + name + "\" cannot be the session variable of the tenant. Use two"
                    + " or more parts of lower-case letters, digits and underscores joined by dots, at most "
                    + MAX_LENGTH + " characters in all, for example \"app.current_tenant_id\".");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
