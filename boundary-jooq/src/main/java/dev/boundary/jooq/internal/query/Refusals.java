package dev.boundary.jooq.internal.query;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.Scope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.event.BoundaryEvents;
import dev.boundary.core.event.Violation;
import dev.boundary.jooq.internal.query.TenantTable.Classified;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses, or in observe mode reports what it would have refused. */
final class Refusals {

    static final String RLS_ONLY =
            "If row-level security may decide alone, run it on boundary.rlsOnly(dsl, \"the reason\").";

    private final Optional<Scope> scope;
    private final QueryLayerSettings settings;
    private final BoundaryEvents events;

    Refusals(Optional<Scope> scope, QueryLayerSettings settings, BoundaryEvents events) {
        this.scope = scope;
        this.settings = settings;
        this.events = events;
    }

    /** A statement that is not understood, whatever tables it touches. */
    void refuse(String statement, String why, String remedy) {
        refuse(null, new StatementRefusedException(statement, why, remedy));
    }

    /**
     * An error about one table. Returns only in observe mode, and then the statement goes on as it was written.
     *
     * @param table the table, or null if it is not known
     */
    void refuse(@Nullable Classified table, BoundaryException error) {
        QueryLayerSettings.Observe observe = settings.observe();
        boolean observed = observe.everything()
                || (table != null && observe.tables().contains(table.table().name()));
        events.publish(new Violation(scope, error, !observed));
        if (!observed) {
            throw error;
        }
    }
}
