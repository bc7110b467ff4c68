package dev.boundary.jooq.internal.session;

/**
 * Marks a jOOQ configuration whose statements may run in a transaction of another tenant. It is kept in
 * {@code Configuration.data()} under {@link #KEY}.
 *
 * @param reason why the tenants' changes must succeed or fail together; not blank
 */
public record TenantSwitch(String reason) {

    /** The key in {@code Configuration.data()}. */
    public static final Object KEY = TenantSwitch.class;

    /**
     * Requires a reason.
     *
     * @throws IllegalArgumentException if the reason is blank
     */
    public TenantSwitch {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("A transaction of several tenants needs a reason: say in a few words why"
                    + " their changes must succeed or fail together.");
        }
    }
}
