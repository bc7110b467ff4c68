package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.TenantTable.Classified;
import java.util.ArrayList;
import java.util.List;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jooq.impl.QOM;

/** UPDATE: only rows of the tenant, from sources of the tenant, and no row leaves it. */
final class UpdateRewriter {

    private UpdateRewriter() {}

    static QueryPart rewrite(Rewriting rewriting, Frame frame, QOM.Update<?> statement) {
        frame.with(statement.$with());
        QOM.Update<?> update = statement;
        List<TenantPredicate> where = new ArrayList<>(2);
        Classified target = Target.check(rewriting, frame, update.$table());
        if (target != null) {
            TenantPredicate predicate = rewriting.predicates().write(update.$table(), target);
            frame.guard(update.$table(), predicate);
            where.add(predicate);
            update = Assignments.rewrite(rewriting, frame, target, update);
        }
        List<? extends Table<?>> from = update.$from();
        List<Table<?>> rewritten = new FromClause(rewriting, frame).rewrite(from, where);
        if (!Describe.same(from, rewritten)) {
            update = update.$from(rewritten);
        }
        return update.$where(where.isEmpty() ? update.$where() : Rewriting.and(update.$where(), where));
    }
}
