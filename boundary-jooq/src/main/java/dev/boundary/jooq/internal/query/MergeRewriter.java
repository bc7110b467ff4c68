package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import org.jooq.Table;
import org.jooq.impl.QOM;

/**
 * MERGE: foreign rows of the target match nothing, only rows of the tenant are changed, and what is inserted belongs to
 * the tenant. The source is a table like any other in FROM.
 */
final class MergeRewriter {

    private final StatementLevel level;

    MergeRewriter(StatementLevel level) {
        this.level = level;
    }

    QOM.Merge<?> rewrite(QOM.Merge<?> merge) {
        level.ctes().declare(merge.$with());
        Table<?> into = merge.$into();
        Classified classified = new TargetCheck(level).check(into);
        level.allow(into);
        return classified == null ? merge.$into(into) : rewrite(merge, new WriteTarget(level, into, classified));
    }

    private QOM.Merge<?> rewrite(QOM.Merge<?> merge, WriteTarget target) {
        TenantPredicate on = level.context().predicates().read(target.table(), target.declaration());
        level.guard(target.table(), on);
        return merge.$on(Conjunction.of(on).and(merge.$on()))
                .$whenMatched(merge.$whenMatched().stream()
                        .map(clause -> matched(clause, target))
                        .toList())
                .$whenNotMatchedBySource(merge.$whenNotMatchedBySource().stream()
                        .map(clause -> notMatchedBySource(clause, target))
                        .toList())
                .$whenNotMatched(merge.$whenNotMatched().stream()
                        .map(clause -> notMatched(clause, target))
                        .toList());
    }

    private QOM.MergeMatched matched(QOM.MergeMatched clause, WriteTarget target) {
        TenantPredicate predicate = level.context().predicates().write(target.table(), target.declaration());
        level.guard(target.table(), predicate);
        QOM.MergeMatched result = clause.$where(Conjunction.of(predicate).and(clause.$where()));
        return clause.$delete() ? result : result.$updateSet(new SetClause(target, false).rewrite(clause.$updateSet()));
    }

    /** Foreign rows match no source either, so the clause is rewritten like WHEN MATCHED. */
    private QOM.MergeNotMatchedBySource notMatchedBySource(QOM.MergeNotMatchedBySource clause, WriteTarget target) {
        // jOOQ implements both interfaces in one class, whose setters are declared to return the other one.
        if (clause instanceof QOM.MergeMatched both
                && matched(both, target) instanceof QOM.MergeNotMatchedBySource rewritten) {
            return rewritten;
        }
        throw new IllegalStateException("WHEN NOT MATCHED BY SOURCE cannot be rewritten: " + clause);
    }

    private static QOM.MergeNotMatched notMatched(QOM.MergeNotMatched clause, WriteTarget target) {
        InsertedRows rows = new InsertedRows(target, new Columns(clause.$columns()));
        rows.checkEmbeddables();
        return clause.$columns(rows.columns()).$values(rows.rows(clause.$values()));
    }
}
