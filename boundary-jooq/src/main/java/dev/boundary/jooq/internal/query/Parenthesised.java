package dev.boundary.jooq.internal.query;

import org.jooq.Condition;
import org.jooq.Context;
import org.jooq.Param;
import org.jooq.QueryPart;
import org.jooq.TableField;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.CustomField;
import org.jooq.impl.DSL;
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
        Condition written = condition.and(DSL.noCondition()); // jOOQ holds that of a join in a part of its own
        return rendersItself(written) ? new Parenthesised(written) : written;
    }

    /**
     * jOOQ puts parentheses around its own combinations, but not around a part that renders itself, nor around a
     * comparison with one: {@code a or b = c}.
     */
    private static boolean rendersItself(QueryPart part) {
        return switch (part) {
            case TableField<?, ?> column -> false;
            case Param<?> value -> false;
            case GeneratedPart ours -> false;
            case CustomCondition custom -> true;
            case CustomField<?> custom -> true;
            case QOM.CombinedCondition<?> both -> rendersItself(both.$arg1()) || rendersItself(both.$arg2());
            case QOM.CompareCondition<?, ?> both -> rendersItself(both.$arg1()) || rendersItself(both.$arg2());
            case QOM.Between<?> between -> rendersItself(between.$arg1()) || rendersItself(between.$arg3());
            case QOM.InList<?> in -> rendersItself(in.$arg1());
            case QOM.NotInList<?> notIn -> rendersItself(notIn.$arg1());
            case QOM.Like like -> rendersItself(like.$arg1()) || rendersItself(like.$arg2());
            case QOM.IsNull isNull -> rendersItself(isNull.$arg1());
            case QOM.IsNotNull isNotNull -> rendersItself(isNotNull.$arg1());
            case QOM.Not not -> rendersItself(not.$arg1());
            case QOM.FieldCondition ofField -> rendersItself(ofField.$field());
            case QOM.Coerce<?> coerced -> rendersItself(coerced.$field());
            default -> false;
        };
    }

    @Override
    public void accept(Context<?> context) {
        context.sql('(').visit(condition).sql(')');
    }
}
