package dev.boundary.jooq;

import dev.boundary.jooq.internal.session.BindingStrategy;

/**
 * How the tenant of a statement reaches the server.
 *
 * @since 0.1
 */
public enum Binding {
    /**
     * With the statement, in the same network round trip, for exactly that statement: nothing stays on the connection.
     * What cannot carry it (batches, calls, generated keys) has it set immediately before, in the same transaction. The
     * default, and right for poolers in transaction mode.
     */
    PREFIX(BindingStrategy.PREFIX),
    /**
     * By {@code SET LOCAL} immediately before the statement, in the same transaction, or in autocommit in a transaction
     * of its own: one more round trip, in autocommit two. For Citus, which propagates only that to its workers (with
     * {@code citus.propagate_set_commands = local}).
     */
    SET_LOCAL(BindingStrategy.SET_LOCAL),
    /**
     * For the session, when a connection is taken, and removed when it is given back: two more round trips for each
     * connection taken. For drivers that cannot send two statements at once. A connection has the tenant in whose scope
     * it was taken, and a transaction must begin inside the scope. Never use it behind a pooler in transaction mode:
     * the tenant would stay on a server connection that others get.
     */
    CHECKOUT(BindingStrategy.CHECKOUT);

    private final BindingStrategy strategy;

    Binding(BindingStrategy strategy) {
        this.strategy = strategy;
    }

    BindingStrategy strategy() {
        return strategy;
    }
}
