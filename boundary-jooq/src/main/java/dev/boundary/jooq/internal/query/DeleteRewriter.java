package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import org.jooq.Table;
import org.jooq.impl.QOM;

/** DELETE: only rows of the tenant, found with sources of the tenant. */
final class DeleteRewriter {

    private final StatementLevel level;

    DeleteRewriter(StatementLevel level) {
        this.level = level;
    }

    QOM.Delete<?> rewrite(QOM.Delete<?> statement) {
        level.ctes().declare(statement.$with());
        QOM.Delete<?> delete = joinsIntoUsing(statement);
        Conjunction where = target(delete.$from());
        FromClause using = FromClause.rewrite(level, delete.$using(), where);
        if (using.isChanged()) {
            delete = delete.$using(using.tables());
        }
        return delete.$where(where.and(delete.$where()));
    }

    private Conjunction target(Table<?> table) {
        Conjunction where = new Conjunction();
        Classified target = new TargetCheck(level).check(table);
        if (target != null) {
            TenantPredicate predicate = level.context().predicates().write(table, target);
            level.guard(table, predicate);
            where.add(predicate);
        }
        return where;
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
