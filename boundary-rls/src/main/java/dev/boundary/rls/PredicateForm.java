package dev.boundary.rls;

/**
 * How a policy compares the tenant column with the tenant.
 *
 * @since 0.1
 */
public enum PredicateForm {
    /**
     * {@code tenant_id = (select boundary.current_tenant_id())}: evaluated once for each execution, so it cannot be
     * switched under an open cursor. The default.
     */
    PINNED("pinned"),
    /**
     * {@code tenant_id = boundary.current_tenant_id()}: the planner sees the value and estimates with the tenant's own
     * statistics. For databases with very unequal tenants and much SQL outside jOOQ.
     */
    INLINE("inline");

    private final String word;

    PredicateForm(String word) {
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
    public static PredicateForm of(String word) {
        return EnumNames.of("predicate", values(), PredicateForm::word).find(word);
    }
}
