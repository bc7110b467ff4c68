package dev.boundary.testing;

/** Code under test that may throw anything. */
@FunctionalInterface
public interface ThrowingRunnable {

    /**
     * Runs it.
     *
     * @throws Throwable what the code throws
     */
    void run() throws Throwable;
}
