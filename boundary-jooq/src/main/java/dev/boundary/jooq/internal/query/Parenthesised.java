package dev.boundary.jooq.internal.query;

import org.jooq.Context;
import org.jooq.QueryPart;
import org.jooq.impl.CustomQueryPart;

/** Something that may render an OR of its own, kept together so that a predicate beside it holds for all of it. */
final class Parenthesised extends CustomQueryPart {

    private static final long serialVersionUID = 1L;

    private final QueryPart part;

    Parenthesised(QueryPart part) {
        this.part = part;
    }

    @Override
    public void accept(Context<?> context) {
        context.sql('(').visit(part).sql(')');
    }
}
