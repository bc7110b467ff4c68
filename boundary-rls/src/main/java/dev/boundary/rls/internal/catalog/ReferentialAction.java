package dev.boundary.rls.internal.catalog;

/** What PostgreSQL does with referencing rows when the referenced row is deleted. */
public enum ReferentialAction {
    /** It rejects the deletion when constraints are checked. */
    NO_ACTION("a", false),
    /** It rejects the deletion at once. */
    RESTRICT("r", false),
    /** It deletes the referencing rows. */
    CASCADE("c", true),
    /** It sets their columns to null. */
    SET_NULL("n", true),
    /** It sets their columns to the defaults. */
    SET_DEFAULT("d", true);

    private final String code;
    private final boolean changesRows;

    ReferentialAction(String code, boolean changesRows) {
        this.code = code;
        this.changesRows = changesRows;
    }

    static ReferentialAction of(String code) {
        for (ReferentialAction action : values()) {
            if (action.code.equals(code)) {
                return action;
            }
        }
        throw new IllegalArgumentException("pg_constraint has no action \"" + code + "\"");
    }

    /**
     * Whether the action deletes or changes referencing rows. Policies do not apply to that.
     *
     * @return false if the deletion is rejected instead
     */
    public boolean changesRows() {
        return changesRows;
    }

    /**
     * The action in SQL.
     *
     * @return for example {@code SET NULL}
     */
    public String sql() {
        return name().replace('_', ' ');
    }
}
