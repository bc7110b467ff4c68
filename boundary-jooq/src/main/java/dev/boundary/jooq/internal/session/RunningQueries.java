package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.StatementRefusedException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.ExecuteContext;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/**
 * The query objects that are being executed. jOOQ keeps what it rendered and the result in the query, so two executions
 * at once could hand out each other's rows.
 */
final class RunningQueries {

    private final Map<Identity, Execution> running = new ConcurrentHashMap<>();

    /** Equal queries are different ones, and to compare them would cost more than to execute them. */
    private record Identity(Query query) {
        @Override
        @SuppressWarnings("ReferenceEquality") // that is what it is for
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity(Query same) && same == query;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(query);
        }
    }

    private record Execution(long thread, Optional<Scope> scope) {}

    /**
     * An execution begins.
     *
     * @throws StatementRefusedException if another thread executes the same query in another scope
     */
    void begin(ExecuteContext context, Optional<Scope> scope) {
        Query query = context.query();
        if (query == null) {
            return;
        }
        Identity identity = new Identity(query);
        Execution other = running.putIfAbsent(
                identity, new Execution(Thread.currentThread().threadId(), scope));
        if (other == null) {
            context.data(RunningQueries.class, identity);
        } else if (other.thread() != Thread.currentThread().threadId()
                && !other.scope().equals(scope)) {
            throw shared(other.scope(), scope);
        }
    }

    /** An execution has ended, or its cursor was closed. */
    void end(ExecuteContext context) {
        if (context.data(RunningQueries.class) instanceof Identity identity) {
            running.remove(identity);
        }
    }

    private static StatementRefusedException shared(Optional<Scope> running, Optional<Scope> scope) {
        return new StatementRefusedException(
                "a query object of " + StatementContext.name(running) + " in " + StatementContext.name(scope),
                "Another thread is executing the same object, in which jOOQ keeps the result.",
                "Build the query in each thread, or copy it.");
    }
}
