package dev.boundary.jooq.internal.query;

import java.util.Arrays;
import org.jooq.Configuration;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteContext.BatchMode;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jspecify.annotations.Nullable;

/** Who binds the values of a statement that is being rendered. */
final class BindPositions {

    /** Renders the statements of a batch of records as if alone, to bind their values to the batch's. */
    private static final String COLLECTOR = "org.jooq.impl.BatchCRUD$QueryCollector";

    private BindPositions() {}

    /**
     * Whether values are bound by the positions that the user wrote, so that there must be no more of them: in batches,
     * and wherever SQL is rendered without being executed, as by {@code getSQL()} beside {@code getBindValues()}. The
     * joins of paths have no values of the user, are rendered apart, and are put in at a position that does not count the
     * values put in before: those of later joins would go to other placeholders.
     *
     * @param top what is rendered
     */
    static boolean areFixed(QueryPart top, @Nullable ExecuteContext execution) {
        return execution == null
                || top instanceof Table
                || execution.batchMode() != BatchMode.NONE
                || isCollected(execution.configuration());
    }

    /**
     * Whether the statement is one of a batch of records. Each of them was rendered before, and its values were looked at;
     * the batch binds those that were rendered then, so it must have the same placeholders.
     */
    static boolean areOfRecords(@Nullable ExecuteContext execution) {
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
