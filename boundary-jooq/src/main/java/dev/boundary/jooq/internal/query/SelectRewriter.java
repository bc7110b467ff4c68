package dev.boundary.jooq.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jooq.QueryPart;
import org.jooq.Select;
import org.jooq.Table;

/** SELECT: predicates into the WHERE clause of the query level that declares the table, or into outer joins. */
final class SelectRewriter {

    private SelectRewriter() {}

    static QueryPart rewrite(Rewriting rewriting, Frame frame, Select<?> select) {
        frame.select(select);
        frame.with(select.$with());
        List<TenantPredicate> where = new ArrayList<>(2);
        List<? extends Table<?>> from = select.$from();
        List<Table<?>> rewritten = new FromClause(rewriting, frame).rewrite(from, where);
        Select<?> result = Describe.same(from, rewritten) ? select : select.$from(rewritten);
        // Also without a predicate: the setter of a DSL statement returns the query it builds, which jOOQ would
        // otherwise announce a second time.
        return result.$where(where.isEmpty() ? result.$where() : Rewriting.and(result.$where(), where));
    }
}
