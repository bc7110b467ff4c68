package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteContext.BatchMode;
import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/**
 * The placeholders of a batch that receive values for tenant columns. The database would reject a foreign value;
 * even so, each is checked as it is bound, before anything is sent.
 */
final class BatchPlaceholders {

    private final ExecuteContext execution;
    private final List<Awaited> awaited = new ArrayList<>(1);

    private record Awaited(Param<?> placeholder, Classified table) {}

    private BatchPlaceholders(ExecuteContext execution) {
        this.execution = execution;
    }

    /** Null unless the values of the statement are only placeholders for those of a batch. */
    static @Nullable BatchPlaceholders of(@Nullable ExecuteContext execution) {
        return execution != null && execution.batchMode() == BatchMode.SINGLE ? new BatchPlaceholders(execution) : null;
    }

    /** Notes that a placeholder that is going to be rendered receives values for the tenant column of a table. */
    void await(Param<?> placeholder, Classified table) {
        awaited.add(new Awaited(placeholder, table));
    }

    /** Remembers at which position a placeholder is rendered, if it is one of those. */
    @SuppressWarnings("ReferenceEquality") // equal values may stand elsewhere
    void rendered(Param<?> placeholder, int position) {
        for (Awaited candidate : awaited) {
            if (candidate.placeholder == placeholder) {
                awaited.remove(candidate);
                positions(execution).put(position, candidate.table);
                return;
            }
        }
    }

    /** The table whose tenant column receives the value at a position; null for all other values. */
    static @Nullable Classified table(@Nullable ExecuteContext execution, int position) {
        return execution != null && execution.batchMode() == BatchMode.SINGLE
                ? positions(execution).get(position)
                : null;
    }

    @SuppressWarnings("unchecked") // no one else has the key
    private static Map<Integer, Classified> positions(ExecuteContext execution) {
        return (Map<Integer, Classified>)
                execution.data().computeIfAbsent(BatchPlaceholders.class, key -> new HashMap<Integer, Classified>());
    }
}
