package dev.boundary.jooq.internal.query;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.Scope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.event.BoundaryEvent.StatementOrigin;
import dev.boundary.core.event.BoundaryEvent.Violation;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jooq.Configuration;
import org.jooq.ExecuteContext;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jooq.VisitContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Refuses a statement, or in observe mode reports that it would. The one place that publishes violations. */
final class Refusals {

    static final String RLS_ONLY =
            "If row-level security may decide alone, run it on boundary.rlsOnly(dsl, \"the reason\").";

    private final Optional<Scope> scope;
    private final QueryLayerSettings settings;
    private final EventPublisher events;
    private final Configuration configuration;
    private final QueryPart statement;

    /** What was already reported of this statement; only in observe mode. */
    private @Nullable Set<String> reported;

    /**
     * For one rendering, or for the values bound in one.
     *
     * @param context of the outermost part
     */
    Refusals(Optional<Scope> scope, QueryLayerSettings settings, EventPublisher events, VisitContext context) {
        this.scope = scope;
        this.settings = settings;
        this.events = events;
        this.configuration = context.configuration();
        this.statement = statement(context);
    }

    /** The statement, also where jOOQ renders the joins of its paths apart. */
    private static QueryPart statement(VisitContext context) {
        QueryPart part = context.queryPart();
        ExecuteContext execution = context.context().executeContext();
        if (part instanceof Table<?> && execution != null) {
            Query query = execution.query();
            return query == null ? part : query;
        }
        return part;
    }

    /** The statement, or the part of it that jOOQ renders apart, if nothing executes it. */
    QueryPart statement() {
        return statement;
    }

    /** Refuses a statement that is not understood, whatever tables it touches. */
    void refuse(String statement, String why, String remedy) {
        refuse(null, new StatementRefusedException(statement, why, remedy));
    }

    /** Refuses a statement because of one table. */
    void refuse(Classified table, String statement, String why, String remedy) {
        refuse(table, new StatementRefusedException(statement, why, remedy));
    }

    /**
     * Refuses with an error about one table. Returns only in observe mode, and then the statement goes on as it was
     * written.
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

    /** Reports what the settings let through, once for each message. */
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
        String sql = sql();
        StatementOrigin origin = new StatementOrigin(sql, new StatementFingerprint(sql).toString(), CallSite.find());
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
