package dev.boundary.jooq.internal;

import java.util.Objects;

/**
 * Marks a jOOQ configuration whose statements are, on purpose, left to row-level security alone. It is kept in
 * {@code Configuration.data()} under {@link #KEY}.
 *
 * @param reason why the query layer must leave these statements alone, for the audit log; not blank
 */
public record RlsOnly(String reason) {

    /** The key in {@code Configuration.data()}. */
    public static final Object KEY = RlsOnly.class;

    /**
     * Checks that there is a reason.
     *
     * @throws IllegalArgumentException if the reason is blank
     */
    public RlsOnly {
        Objects.requireNonNull(reason, "reason");
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Leaving a statement to row-level security alone needs a reason, for the"
                    + " audit: say in a few words why, for example \"full-text search in plain SQL\".");
        }
    }
}
