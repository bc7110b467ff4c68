package dev.boundary.examples.bookings.demo;

/**
 * What became of an attempt under one protection.
 *
 * @param kind what happened
 * @param by what stopped it; empty if nothing did
 * @param detail what was seen in the result and in the database
 * @param expected whether the protection did what it should
 */
record Outcome(Kind kind, String by, String detail, boolean expected) {

    /** What can happen. */
    enum Kind {
        /** It ran, and reached the attacker's own rows only. */
        FILTERED("filtered"),
        /** It was not sent. */
        REFUSED("refused"),
        /** The database answered with an error. */
        REJECTED("rejected"),
        /** It reached rows of others. */
        THROUGH("GOT THROUGH"),
        /** It did nothing at all, or failed for another reason: nothing is proven. */
        UNPROVEN("UNPROVEN");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** In a few words, for a table. */
    String summary() {
        return by.isEmpty() ? kind.word() : kind.word() + " by " + by;
    }
}
