package dev.boundary.jooq.internal.query;

import org.jooq.Condition;
import org.jooq.Context;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.CustomField;
import org.jooq.impl.QOM;

/**
 * A condition of the user that may render an OR without parentheses. It gets some, so that a predicate beside it
 * applies to all of it, and so that its meaning does not change.
 */
final class Parenthesised extends CustomCondition {

    private static final long serialVersionUID = 1L;

    private final Condition condition;

    private Parenthesised(Condition condition) {
        this.condition = condition;
    }

    /** The condition as it must stand beside another. */
    static Condition of(Condition condition) {
        return rendersItself(condition) ? new Parenthesised(condition) : condition;
    }

    /** jOOQ puts parentheses around its own, also around a combination with a part that renders itself. */
    private static boolean rendersItself(Condition condition) {
        return switch (condition) {
            case QOM.CombinedCondition<?> both -> rendersItself(both.$arg1()) || rendersItself(both.$arg2());
            case QOM.Not not -> rendersItself(not.$arg1());
            case CustomCondition custom -> true;
            case QOM.FieldCondition ofField -> ofField.$field() instanceof CustomField;
            default -> false;
        };
    }

    @Override
    public void accept(Context<?> context) {
        context.sql('(').visit(condition).sql(')');
    }
}
