package dev.boundary.jooq.internal.query;

import org.jooq.Select;

/** SELECT: predicates into the WHERE clause of the query level that declares the table, or into outer joins. */
final class SelectRewriter {

    private final StatementLevel level;

    SelectRewriter(StatementLevel level) {
        this.level = level;
    }

    Select<?> rewrite(Select<?> select) {
        level.locks().select(select);
        level.ctes().declare(select.$with());
        Conjunction where = new Conjunction();
        FromClause from = FromClause.rewrite(level, select.$from(), where);
        Select<?> result = from.isChanged() ? select.$from(from.tables()) : select;
        // Also without a predicate: the setter of a DSL statement returns the query it builds, which jOOQ would
        // otherwise announce a second time.
        return result.$where(where.and(result.$where()));
    }
}
