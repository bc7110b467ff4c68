package dev.boundary.jooq.internal.query;

import org.jooq.Condition;
import org.jooq.Context;
import org.jooq.impl.CustomCondition;

/**
 * The condition that keeps a table to one tenant. It is known by its identity: the after-check counts it as it is
 * rendered, and what is inside it is the query layer's own and not rewritten again.
 */
final class TenantPredicate extends CustomCondition implements Trusted {

    private static final long serialVersionUID = 1L;

    private final Condition condition;

    /**
     * Around a condition.
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
