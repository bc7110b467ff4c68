package dev.boundary.core.registry;

/**
 * Who changes a tenant and why, for the audit.
 *
 * @param actor who: a person or a service; not blank
 * @param reason why; not blank
 * @since 0.1
 */
public record Change(String actor, String reason) {

    /** Checks that both are given. */
    public Change {
        actor = checked("actor", actor);
        reason = checked("reason", reason);
    }

    private static String checked(String what, String text) {
        if (text.isBlank() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A change of a tenant needs " + (what.equals("actor") ? "an " : "a ")
                    + what + ", for the audit, that is not blank and does not hold the character U+0000.");
        }
        return text;
    }
}
