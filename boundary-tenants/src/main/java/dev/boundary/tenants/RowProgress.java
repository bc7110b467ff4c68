package dev.boundary.tenants;

import java.util.OptionalLong;

/**
 * How far work on a tenant's rows has come.
 *
 * @param step what is being done: {@code "export"}, {@code "verify"}, {@code "compare"}, {@code "import"} or
 *     {@code "erase"}, and {@code "read keys"} before an import with new keys
 * @param table the table, with its schema
 * @param rows how many of its rows are done
 * @param of how many there are, if that is known beforehand
 * @since 0.1
 */
public record RowProgress(String step, String table, long rows, OptionalLong of) {

    /**
     * Receives progress every few thousand rows and at the end of each table, in the thread that works.
     *
     * @since 0.1
     */
    @FunctionalInterface
    public interface Listener {

        /** Ignores progress. */
        Listener NONE = progress -> {};

        /**
         * Receives progress. An exception ends the work like any other failure.
         *
         * @param progress how far the work has come
         */
        void onProgress(RowProgress progress);
    }
}
