package dev.boundary.rls;

/**
 * Whether {@code boundary.current_tenant_id()} is declared LEAKPROOF, which only a superuser may do.
 *
 * @since 0.1
 */
public enum LeakproofMode {
    /** If the migrating role may; otherwise a notice says that it was left out. The default. */
    AUTO("auto"),
    /** The installation fails if the migrating role may not. */
    REQUIRED("required"),
    /** Never. */
    OFF("off");

    private final String word;

    LeakproofMode(String word) {
        this.word = word;
    }

    /**
     * The word used in change logs.
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
    public static LeakproofMode of(String word) {
        return EnumNames.of("leakproof", values(), LeakproofMode::word).find(word);
    }
}
