package dev.boundary.cli.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what a statement gives. Called from one thread. */
public interface StatementOutput {

    /**
     * A result begins.
     *
     * @param columns the names of its columns
     */
    void columns(List<String> columns);

    /**
     * A row of it.
     *
     * @param values a number, boolean, text or null for each column
     */
    void row(List<? extends @Nullable Object> values);

    /** The result has ended. */
    void end();

    /**
     * A statement without a result has ended.
     *
     * @param keyword its first word
     * @param rows how many rows it changed
     */
    void changed(String keyword, long rows);

    /**
     * The server has something to say.
     *
     * @param message a notice or warning
     */
    void notice(String message);
}
