package dev.boundary.jooq.internal.query;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.Scope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.event.BoundaryEvents;
import dev.boundary.core.event.StatementOrigin;
import dev.boundary.core.event.Violation;
import dev.boundary.jooq.internal.query.TenantTable.Classified;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jooq.Configuration;
import org.jooq.QueryPart;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Refuses, or in observe mode reports what it would have refused. */
final class Refusals {

    static final String RLS_ONLY =
            "If row-level security may decide alone, run it on boundary.rlsOnly(dsl, \"the reason\").";

    private final Optional<Scope> scope;
    private final QueryLayerSettings settings;
    private final BoundaryEvents events;
    private final Configuration configuration;
    private final QueryPart statement;

    /** What was already reported of this statement; only in observe mode. */
    private @Nullable Set<String> reported;

    Refusals(
            Optional<Scope> scope,
            QueryLayerSettings settings,
            BoundaryEvents events,
            Configuration configuration,
            QueryPart statement) {
        this.scope = scope;
        this.settings = settings;
        this.events = events;
        this.configuration = configuration;
        this.statement = statement;
    }

    /** The statement, or the part of it that jOOQ renders apart, if nothing executes it. */
    QueryPart statement() {
        return statement;
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
        boolean observed = settings.observe().covers(table == null ? null : table.table());
        if (!observed) {
            publish(error, true);
            throw error;
        }
        report(error);
    }

    /** Tells of what is let through by the settings. */
    void report(BoundaryException error) {
        Set<String> known = reported;
        if (known == null) {
            known = new HashSet<>();
            reported = known;
        }
        if (known.add(String.valueOf(error.getMessage()))) {
            publish(error, false);
        }
    }

    private void publish(BoundaryException error, boolean refused) {
        StatementOrigin origin = StatementOrigin.of(sql(), CallSite.find());
        events.publish(new Violation(scope, error, refused, Optional.of(origin)));
    }

    /** As it was written, which needs no query layer. */
    private String sql() {
        try {
            return DSL.using(configuration.dialect(), configuration.settings()).render(statement);
        } catch (DataAccessException | UnsupportedOperationException e) {
            return statement.getClass().getSimpleName() + " that cannot be rendered: " + e.getMessage();
        }
    }
}
