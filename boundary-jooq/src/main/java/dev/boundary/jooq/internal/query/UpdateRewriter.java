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
        QOM.Update<?> update = joinsIntoFrom(statement);
        List<TenantPredicate> where = new ArrayList<>(2);
        Table<?> table = update.$table();
        Classified target = Target.check(rewriting, frame, table);
        if (target != null) {
            TenantPredicate predicate = rewriting.predicates().write(table, target);
            frame.guard(table, predicate);
            where.add(predicate);
            update = update.$set(
                    new Assignments(new Written(rewriting, frame, table, target), false).rewrite(update.$set()));
        }
        List<? extends Table<?>> from = update.$from();
        List<Table<?>> rewritten = new FromClause(rewriting, frame).rewrite(from, where);
        if (!Describe.same(from, rewritten)) {
            update = update.$from(rewritten);
        }
        return update.$where(where.isEmpty() ? update.$where() : Rewriting.and(update.$where(), where));
    }

    /** UPDATE a JOIN b is UPDATE a FROM b in PostgreSQL, and jOOQ renders it so. */
    private static QOM.Update<?> joinsIntoFrom(QOM.Update<?> update) {
        QOM.Update<?> result = update;
        JoinedTarget joined = JoinedTarget.of(result.$table());
        while (joined != null) {
            result = result.$table(joined.target())
                    .$from(joined.sources(result.$from()))
                    .$where(joined.where(result.$where()));
            joined = JoinedTarget.of(result.$table());
        }
        return result;
    }
}
