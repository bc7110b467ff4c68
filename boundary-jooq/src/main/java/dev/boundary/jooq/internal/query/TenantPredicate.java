package dev.boundary.jooq.internal.query;

import org.jooq.Condition;
import org.jooq.Context;
import org.jooq.impl.CustomCondition;

/**
 * The condition that restricts a table to one tenant. It is known by its identity: the level that it was placed in
 * expects it to be rendered.
 */
final class TenantPredicate extends CustomCondition implements GeneratedPart {

    private static final long serialVersionUID = 1L;

    private final Condition condition;

    /**
     * Wraps a condition.
     *
     * @param condition one that jOOQ renders so that it can stand beside AND: a comparison, EXISTS, or a combination,
     *     which has parentheses of its own
     */
    TenantPredicate(Condition condition) {
        this.condition = condition;
    }

    @Override
    public void accept(Context<?> context) {
        context.visit(condition);
    }
}
