package dev.boundary.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL rejected a statement by a row-level-security policy, because no tenant was set, or because no one may
 * change a tenant column (SQLSTATE 42501): the statement had passed, or gone around, the query layer. It was sent and
 * had no effect.
 *
 * @since 0.1
 */
public final class PolicyViolationException extends BoundaryException {

    private static final long serialVersionUID = 1L;

    /** The table whose policy rejected the statement, or null if PostgreSQL did not say. */
    private final @Nullable String table;

    private final transient @Nullable Scope scope;

    /**
     * For one rejected statement.
     *
     * @param message what happened and what to do next
     * @param table the table whose policy rejected it, or null if PostgreSQL did not say
     * @param scope the scope that was open, or null if none was
     * @param cause PostgreSQL's error
     */
    public PolicyViolationException(String message, @Nullable String table, @Nullable Scope scope, Throwable cause) {
        super(message, cause);
        this.table = table;
        this.scope = scope;
    }

    /**
     * The table whose policy rejected the statement.
     *
     * @return its name, or empty if PostgreSQL did not say
     */
    public Optional<String> table() {
        return Optional.ofNullable(table);
    }

    /**
     * The scope that was open.
     *
     * @return the scope, or empty if none was
     */
    public Optional<Scope> scope() {
        return Optional.ofNullable(scope);
    }
}
