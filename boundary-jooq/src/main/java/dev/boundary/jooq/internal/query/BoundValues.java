package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.ValueChecks;
import org.jooq.ExecuteContext;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a statement are bound.
 *
 * @param execution the execution that the statement is rendered for; null if there is none
 * @param batch the placeholders of a batch; null unless the values of the statement are only placeholders
 * @param ofRecords whether the statement is one of a batch of records, whose values were checked before
 */
record BoundValues(
        @Nullable ExecuteContext execution, @Nullable BatchPlaceholders batch, boolean ofRecords) {

    static BoundValues of(@Nullable ExecuteContext execution, BindPositions positions) {
        return new BoundValues(execution, BatchPlaceholders.of(execution), positions.areOfRecords());
    }

    /** Whether the values of the statement are only placeholders for those of a batch. */
    boolean areOfBatch() {
        return batch != null;
    }

    /** Whether the values that are going to be written are those that the statement has. */
    boolean areKnown() {
        return batch == null || ofRecords;
    }

    /** Runs a check now, and again before a kept statement is executed again, perhaps with other values. */
    void check(Runnable check) {
        check.run();
        if (execution != null && batch == null) {
            ValueChecks.add(execution, check);
        }
    }
}
