package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import org.jooq.Table;
import org.jooq.impl.QOM;

/** UPDATE: only rows of the tenant, from sources of the tenant, and no row leaves it. */
final class UpdateRewriter {

    private final StatementLevel level;

    UpdateRewriter(StatementLevel level) {
        this.level = level;
    }

    QOM.Update<?> rewrite(QOM.Update<?> statement) {
        level.ctes().declare(statement.$with());
        Conjunction where = new Conjunction();
        QOM.Update<?> update = target(joinsIntoFrom(statement), where);
        FromClause from = FromClause.rewrite(level, update.$from(), where);
        if (from.isChanged()) {
            update = update.$from(from.tables());
        }
        return update.$where(where.and(update.$where()));
    }

    private QOM.Update<?> target(QOM.Update<?> update, Conjunction where) {
        Table<?> table = update.$table();
        Classified classified = new TargetCheck(level).check(table);
        if (classified == null) {
            return update;
        }
        TenantPredicate predicate = level.context().predicates().write(table, classified);
        level.guard(table, predicate);
        where.add(predicate);
        WriteTarget target = new WriteTarget(level, table, classified);
        return update.$set(new SetClause(target, false).rewrite(update.$set()));
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
