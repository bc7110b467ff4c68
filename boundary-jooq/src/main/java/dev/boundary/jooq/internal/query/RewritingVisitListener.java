package dev.boundary.jooq.internal.query;

import org.jooq.Param;
import org.jooq.VisitContext;
import org.jooq.VisitListener;
import org.jspecify.annotations.Nullable;

/** Hands what jOOQ announces to the rendering that it belongs to. Confined to one thread. */
final class RewritingVisitListener implements VisitListener {

    private final RewriteContextFactory contexts;

    /** Null if there is nothing to do in this rendering. */
    private @Nullable StatementVisit visit;

    private int depth;

    RewritingVisitListener(RewriteContextFactory contexts) {
        this.contexts = contexts;
    }

    @Override
    public void visitStart(VisitContext context) {
        if (depth++ == 0) {
            visit = begin(context);
        }
        StatementVisit current = visit;
        if (current != null) {
            current.start(context);
        }
    }

    private @Nullable StatementVisit begin(VisitContext context) {
        if (context.renderContext() == null) {
            if (context.queryPart() instanceof Param<?> param) {
                contexts.checkBound(context, param);
            }
            return null;
        }
        RewriteContext rewriting = contexts.create(context);
        return rewriting == null ? null : new StatementVisit(rewriting);
    }

    @Override
    public void visitEnd(VisitContext context) {
        depth--;
        StatementVisit current = visit;
        if (current != null) {
            current.end(context);
        }
    }
}
