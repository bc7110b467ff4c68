package dev.boundary.rls;

/**
 * What the database does with a statement that comes without a tenant.
 *
 * @since 0.1
 */
public enum MissingTenant {
    /** It raises SQLSTATE 42501 "tenant context is not set". The default: a fault shows at once. */
    ERROR("error"),
    /** It finds no rows, and an insert is refused. For databases where other tools read protected tables. */
    EMPTY("empty");

    private final String word;

    MissingTenant(String word) {
        this.word = word;
    }

    /**
     * The word used in change logs and in {@code boundary.installation}.
     *
     * @return the word
     */
    public String word() {
        return word;
    }

    /**
     * Finds the value by its word.
     *
     * @param word the word, in any case
     * @return the value
     * @throws IllegalArgumentException if there is no such value; the message lists them
     */
    public static MissingTenant of(String word) {
        return EnumNames.of("missing", values(), MissingTenant::word).find(word);
    }
}
