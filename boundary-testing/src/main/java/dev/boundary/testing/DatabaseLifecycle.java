package dev.boundary.testing;

/**
 * How long what a test writes stays there.
 *
 * @since 0.1
 */
public enum DatabaseLifecycle {
    /** Each test class, with its nested classes, has its own database. */
    PER_CLASS,
    /** Each test method has its own database, which takes some tens of milliseconds. */
    PER_METHOD,
    /**
     * As {@link #PER_CLASS}, and each test method runs in one transaction per role that is rolled back at its end.
     * Roles do not see each other's rows, and a role has one connection at a time.
     */
    ROLLED_BACK_PER_TEST
}
