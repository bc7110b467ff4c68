package dev.boundary.tenants.archive;

/** How many bytes a row may have: a row is held in memory, and a forged archive must not exhaust it. */
final class LineLimit {

    /** PostgreSQL itself cannot build a JSON object of more than four times as many bytes. */
    private static final int MAX_BYTES = 256 << 20;

    /** A row is held in several forms at once. */
    private static final int HEAP_TO_LINE = 16;

    private LineLimit() {}

    static long bytes() {
        return Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / HEAP_TO_LINE);
    }

    /** Follows a number of bytes in a message. */
    static String explanation() {
        return "more than the limit of " + bytes() + " with a heap of "
                + Runtime.getRuntime().maxMemory() + " bytes (never more than " + MAX_BYTES
                + "). If the row is genuine, give the process more memory (-Xmx), or move large values out of the"
                + " tables";
    }
}
