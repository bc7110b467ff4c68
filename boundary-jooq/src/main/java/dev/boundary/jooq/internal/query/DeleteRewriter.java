package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.TenantTable.Classified;
import java.util.ArrayList;
import java.util.List;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jooq.impl.QOM;

/** DELETE: only rows of the tenant, found with sources of the tenant. */
final class DeleteRewriter {

    private DeleteRewriter() {}

    static QueryPart rewrite(Rewriting rewriting, Frame frame, QOM.Delete<?> statement) {
        frame.with(statement.$with());
        QOM.Delete<?> delete = joinsIntoUsing(statement);
        List<TenantPredicate> where = new ArrayList<>(2);
        Classified target = Target.check(rewriting, frame, delete.$from());
        if (target != null) {
            TenantPredicate predicate = rewriting.predicates().write(delete.$from(), target);
            frame.guard(delete.$from(), predicate);
            where.add(predicate);
        }
        List<? extends Table<?>> using = delete.$using();
        List<Table<?>> rewritten = new FromClause(rewriting, frame).rewrite(using, where);
        if (!Describe.same(using, rewritten)) {
            delete = delete.$using(rewritten);
        }
        return delete.$where(where.isEmpty() ? delete.$where() : Rewriting.and(delete.$where(), where));
    }

    /** DELETE FROM a JOIN b is DELETE FROM a USING b in PostgreSQL. */
    private static QOM.Delete<?> joinsIntoUsing(QOM.Delete<?> delete) {
        QOM.Delete<?> result = delete;
        JoinedTarget joined = JoinedTarget.of(result.$from());
        while (joined != null) {
            result = result.$from(joined.target())
                    .$using(joined.sources(result.$using()))
                    .$where(joined.where(result.$where()));
            joined = JoinedTarget.of(result.$from());
        }
        return result;
    }
}
