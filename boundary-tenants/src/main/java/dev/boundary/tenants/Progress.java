package dev.boundary.tenants;

import java.util.OptionalLong;

/**
 * How far long work on a tenant's rows is.
 *
 * @param step what is being done: {@code "export"}, {@code "verify"}, {@code "compare"}, {@code "import"} or {@code "erase"}, and
 *     {@code "read keys"} before an import that renews keys
 * @param table the table, with its schema
 * @param rows how many of its rows are done
 * @param of how many there are, if it is known beforehand
 */
public record Progress(String step, String table, long rows, OptionalLong of) {

    /** Hears of progress, every few thousand rows and at the end of each table, in the thread that works. */
    @FunctionalInterface
    public interface Listener {

        /** Hears nothing. */
        Listener NONE = progress -> {};

        /**
         * It went on. What this throws ends the work as any other failure does.
         *
         * @param progress how far it is
         */
        void onProgress(Progress progress);
    }
}
