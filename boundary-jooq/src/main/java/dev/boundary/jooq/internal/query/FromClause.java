package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.TenantTable.Classified;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Table;
import org.jooq.impl.QOM;

/**
 * Finds the tables of a FROM clause whose predicate can stand in the WHERE clause of the same query level or in the ON
 * clause of an outer join. All others are left to {@link Guard}, which is always right.
 */
final class FromClause {

    private final Rewriting rewriting;
    private final Frame frame;

    FromClause(Rewriting rewriting, Frame frame) {
        this.rewriting = rewriting;
        this.frame = frame;
    }

    /**
     * Rewrites the items of a FROM clause.
     *
     * @param where receives the predicates that belong into the WHERE clause
     * @return the items, the same list if none changed
     */
    List<Table<?>> rewrite(List<? extends Table<?>> tables, List<TenantPredicate> where) {
        List<Table<?>> result = new ArrayList<>(tables.size());
        for (Table<?> table : tables) {
            result.add(rewrite(table, where));
        }
        return result;
    }

    /** Rewrites one item; the predicates of tables that no outer join null-extends go to {@code where}. */
    Table<?> rewrite(Table<?> table, List<TenantPredicate> where) {
        if (!(table instanceof QOM.JoinTable<?, ?>)) {
            leaf(table instanceof QOM.SampleTable<?> sample ? sample.$table() : table, where);
            return table;
        }
        return switch (table) {
            case QOM.Join<?> join -> both(join, where);
            case QOM.LeftJoin<?> join
            when join.$using().isEmpty() -> {
                Table<?> left = rewrite(join.$table1(), where);
                List<TenantPredicate> on = new ArrayList<>(1);
                yield rebuild(join, left, rewrite(join.$table2(), on), on);
            }
            case QOM.RightJoin<?> join
            when join.$using().isEmpty() -> {
                List<TenantPredicate> on = new ArrayList<>(1);
                Table<?> left = rewrite(join.$table1(), on);
                yield rebuild(join, left, rewrite(join.$table2(), where), on);
            }
            case QOM.CrossJoin<?> join -> both(join, where);
            case QOM.StraightJoin<?> join -> both(join, where);
            case QOM.NaturalJoin<?> join -> both(join, where);
            case QOM.LeftJoin<?> join -> first(join, where);
            case QOM.NaturalLeftJoin<?> join -> first(join, where);
            case QOM.LeftSemiJoin<?> join -> first(join, where);
            case QOM.LeftAntiJoin<?> join -> first(join, where);
            case QOM.CrossApply<?> join -> first(join, where);
            case QOM.OuterApply<?> join -> first(join, where);
            case QOM.RightJoin<?> join -> second(join, where);
            case QOM.NaturalRightJoin<?> join -> second(join, where);
            default -> table; // FULL JOIN and its like
        };
    }

    /**
     * Rewrites the join tree that jOOQ makes of implicit joins. Its first table was declared, and guarded, in the FROM
     * clause that the tree is put into.
     */
    Table<?> implicitJoins(Table<?> tree) {
        if (tree instanceof QOM.Join<?> join) {
            return implicitJoin(join);
        }
        if (tree instanceof QOM.LeftJoin<?> join) {
            return implicitJoin(join);
        }
        if (!(tree instanceof QOM.JoinTable<?, ?>)) {
            frame.allow(tree);
        }
        return tree;
    }

    private <J extends QOM.QualifiedJoin<?, J>> Table<?> implicitJoin(J join) {
        List<TenantPredicate> on = new ArrayList<>(1);
        Table<?> left = implicitJoins(join.$table1());
        return rebuild(join, left, rewrite(join.$table2(), on), on);
    }

    private void leaf(Table<?> table, List<TenantPredicate> where) {
        Classified classified = rewriting.tenantRows(frame, table);
        if (classified != null && !TableNames.isFiltered(table)) {
            TenantPredicate predicate = rewriting.predicate(frame, table, classified);
            frame.guard(table, predicate);
            where.add(predicate);
        }
    }

    private <J extends QOM.JoinTable<?, J>> Table<?> both(J join, List<TenantPredicate> where) {
        Table<?> left = rewrite(join.$table1(), where);
        return tables(join, left, rewrite(join.$table2(), where));
    }

    private <J extends QOM.JoinTable<?, J>> Table<?> first(J join, List<TenantPredicate> where) {
        return tables(join, rewrite(join.$table1(), where), join.$table2());
    }

    private <J extends QOM.JoinTable<?, J>> Table<?> second(J join, List<TenantPredicate> where) {
        return tables(join, join.$table1(), rewrite(join.$table2(), where));
    }

    private static <J extends QOM.QualifiedJoin<?, J>> Table<?> rebuild(
            J join, Table<?> left, Table<?> right, List<TenantPredicate> on) {
        J joined = tables(join, left, right);
        return on.isEmpty() ? joined : joined.$on(Rewriting.and(joined.$on(), on));
    }

    @SuppressWarnings("ReferenceEquality") // tables are equal by name
    private static <J extends QOM.JoinTable<?, J>> J tables(J join, Table<?> left, Table<?> right) {
        J result = left == join.$table1() ? join : join.$table1(left);
        return right == result.$table2() ? result : result.$table2(right);
    }
}
