package dev.boundary.jooq.internal.query;

import java.util.Arrays;
import org.jooq.Configuration;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteContext.BatchMode;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jspecify.annotations.Nullable;

/**
 * Who binds the values of a statement that is being rendered.
 *
 * @param statement what is rendered
 * @param execution the execution that it is rendered for; null if there is none
 */
record BindPositions(QueryPart statement, @Nullable ExecuteContext execution) {

    /** Renders the statements of a batch of records one by one, to bind their values to the batch's statement. */
    private static final String COLLECTOR = "org.jooq.impl.BatchCRUD$QueryCollector";

    /**
     * Whether values are bound by the positions that the user wrote, so that no value may be added: in batches, and
     * wherever SQL is rendered without being executed, as by {@code getSQL()} beside {@code getBindValues()}. The same
     * holds for the joins of paths: they hold no values of the user and are rendered apart, and jOOQ inserts them at a
     * position that does not count the values inserted before: those of later joins would go to other placeholders.
     */
    boolean areFixed() {
        return execution == null
                || statement instanceof Table
                || execution.batchMode() != BatchMode.NONE
                || isCollected(execution.configuration());
    }

    /**
     * Whether the statement is one of a batch of records. Each of them was rendered before, and its values were
     * checked; the batch binds the values rendered then, so it must have the same placeholders.
     */
    boolean areOfRecords() {
        return execution != null
                && execution.batchMode() == BatchMode.SINGLE
                && Arrays.stream(execution.batchQueries()).allMatch(query -> isCollected(query.configuration()));
    }

    private static boolean isCollected(@Nullable Configuration configuration) {
        return configuration != null
                && Arrays.stream(configuration.executeListenerProviders())
                        .anyMatch(provider -> provider instanceof DefaultExecuteListenerProvider listener
                                && listener.provide().getClass().getName().equals(COLLECTOR));
    }
}
