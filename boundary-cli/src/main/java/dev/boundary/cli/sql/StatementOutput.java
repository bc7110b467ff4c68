package dev.boundary.cli.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives the results of statements. Called from one thread. */
public interface StatementOutput {

    /**
     * Receives the beginning of a result.
     *
     * @param columns the names of its columns
     */
    void columns(List<String> columns);

    /**
     * Receives a row of the result.
     *
     * @param values a number, boolean, text or null for each column
     */
    void row(List<? extends @Nullable Object> values);

    /** Receives the end of the result. */
    void end();

    /**
     * Receives the end of a statement without a result.
     *
     * @param keyword its first word
     * @param rows how many rows it changed
     */
    void changed(String keyword, long rows);

    /**
     * Receives a message of the server.
     *
     * @param message a notice or warning
     */
    void notice(String message);
}
