package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.TenantTable.Classified;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Row;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;

/**
 * MERGE: foreign rows of the target match nothing, only rows of the tenant are changed, and what is inserted belongs to
 * the tenant. The source is a table like any other in FROM.
 */
final class MergeRewriter {

    private final Rewriting rewriting;
    private final Frame frame;
    private final Table<?> into;
    private final Classified target;
    private final Written written;

    private MergeRewriter(Rewriting rewriting, Frame frame, Table<?> into, Classified target) {
        this.rewriting = rewriting;
        this.frame = frame;
        this.into = into;
        this.target = target;
        this.written = new Written(rewriting, frame, into, target);
    }

    static QueryPart rewrite(Rewriting rewriting, Frame frame, QOM.Merge<?> merge) {
        frame.with(merge.$with());
        Table<?> into = merge.$into();
        Classified target = Target.check(rewriting, frame, into);
        frame.allow(into);
        return target == null ? merge.$into(into) : new MergeRewriter(rewriting, frame, into, target).rewrite(merge);
    }

    private QOM.Merge<?> rewrite(QOM.Merge<?> merge) {
        TenantPredicate on = rewriting.predicates().read(into, target);
        frame.guard(into, on);
        return merge.$on(Rewriting.and(merge.$on(), List.of(on)))
                .$whenMatched(merge.$whenMatched().stream().map(this::matched).toList())
                .$whenNotMatchedBySource(merge.$whenNotMatchedBySource().stream()
                        .map(this::notMatchedBySource)
                        .toList())
                .$whenNotMatched(
                        merge.$whenNotMatched().stream().map(this::notMatched).toList());
    }

    private QOM.MergeMatched matched(QOM.MergeMatched matched) {
        TenantPredicate predicate = rewriting.predicates().write(into, target);
        frame.guard(into, predicate);
        Condition where = matched.$where();
        QOM.MergeMatched result = matched.$where(Rewriting.and(where, List.of(predicate)));
        return matched.$delete()
                ? result
                : result.$updateSet(new Assignments(written, false).rewrite(matched.$updateSet()));
    }

    /** Foreign rows match no source either. */
    private QOM.MergeNotMatchedBySource notMatchedBySource(QOM.MergeNotMatchedBySource notMatched) {
        // What jOOQ makes of both is one class, whose setters say that they return the other interface.
        if (notMatched instanceof QOM.MergeMatched clause
                && matched(clause) instanceof QOM.MergeNotMatchedBySource rewritten) {
            return rewritten;
        }
        throw new IllegalStateException("WHEN NOT MATCHED BY SOURCE cannot be rewritten: " + notMatched);
    }

    private QOM.MergeNotMatched notMatched(QOM.MergeNotMatched notMatched) {
        InsertRewriter insert = InsertRewriter.of(rewriting, written);
        List<? extends Field<?>> columns = notMatched.$columns();
        insert.checkEmbeddables(columns);
        List<Row> rows = new ArrayList<>();
        for (Row row : notMatched.$values()) {
            rows.add(DSL.row(insert.values(columns, List.of(row.fields()))));
        }
        return notMatched.$columns(insert.withTenant(columns)).$values(rows);
    }
}
