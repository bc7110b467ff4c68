package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.jooq.internal.ValueChecks;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one statement runs under: created once, then checked and sent unchanged, so that the scope that is bound is the
 * scope that was checked.
 *
 * @param scope the scope it runs in; empty outside any scope
 * @param rendering what the query layer did with it
 * @param missingScope what happens if there is no scope
 * @param tenantSwitch whether it may run in a transaction of another tenant
 * @param values the checks of the values that it was rendered with; null if there are none
 */
record StatementContext(
        Optional<Scope> scope,
        Rendering rendering,
        MissingScope missingScope,
        boolean tenantSwitch,
        @Nullable ValueChecks values) {

    /** What the query layer did with a statement. */
    enum Rendering {
        /** It has not seen the statement: it is off, or the statement is plain JDBC. */
        UNSEEN,
        /** It was told to leave the statement to row-level security. */
        LEFT_TO_RLS,
        /** It has put the tenant into the statement, so that row-level security need not be there. */
        REWRITTEN
    }

    /** For plain JDBC: a transaction belongs to one tenant. */
    static StatementContext plainJdbc(Optional<Scope> scope, MissingScope missingScope) {
        return new StatementContext(scope, Rendering.UNSEEN, missingScope, false, null);
    }

    /** The same for another scope. */
    StatementContext in(Optional<Scope> other) {
        return scope.equals(other) ? this : new StatementContext(other, rendering, missingScope, tenantSwitch, values);
    }

    boolean isRewritten() {
        return rendering == Rendering.REWRITTEN;
    }

    /** The scope as messages name it. */
    String scopeName() {
        return name(scope);
    }

    static String name(Optional<Scope> scope) {
        return scope.map(Scope::toString).orElse("no scope");
    }
}
