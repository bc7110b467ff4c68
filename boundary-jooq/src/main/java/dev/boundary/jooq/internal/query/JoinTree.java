package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import org.jooq.Path;
import org.jooq.Table;
import org.jooq.impl.QOM;

/**
 * Finds the tables of a FROM clause whose predicate can stand in the WHERE clause of the same query level or in the ON
 * clause of an outer join. All others are left to {@link Guard}, which is always right.
 */
final class JoinTree {

    private final StatementLevel level;
    private final TableAccess access;

    /** Whether jOOQ made the joins, of all steps of a path. */
    private final boolean implicit;

    private JoinTree(StatementLevel level, boolean implicit) {
        this.level = level;
        this.access = new TableAccess(level);
        this.implicit = implicit;
    }

    /** For the tables that the user names in FROM. */
    static JoinTree explicit(StatementLevel level) {
        return new JoinTree(level, false);
    }

    /** For the joins that jOOQ makes of paths. */
    static JoinTree implicit(StatementLevel level) {
        return new JoinTree(level, true);
    }

    /** Rewrites an item of FROM; the predicates of tables that no outer join null-extends go to {@code where}. */
    Table<?> rewrite(Table<?> table, Conjunction where) {
        if (!(table instanceof QOM.JoinTable<?, ?>)) {
            leaf(table instanceof QOM.SampleTable<?> sample ? sample.$table() : table, where);
            return table;
        }
        return switch (table) {
            case QOM.Join<?> join -> both(join, where);
            case QOM.LeftJoin<?> join when takesPredicates(join) -> left(join, where);
            case QOM.RightJoin<?> join when takesPredicates(join) -> right(join, where);
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
     * Whether predicates can stand in the ON clause of a join. If a path skips steps, jOOQ makes one join of each step
     * and repeats the clause in all of them, where the tables of later steps are not known yet.
     */
    private boolean takesPredicates(QOM.QualifiedJoin<?, ?> join) {
        return join.$using().isEmpty() && (implicit || !(join.$table2() instanceof Path));
    }

    private void leaf(Table<?> table, Conjunction where) {
        Classified classified = access.tenantRows(table);
        if (classified != null && !TableNames.isFiltered(table)) {
            TenantPredicate predicate = access.predicate(table, classified);
            level.guard(table, predicate);
            where.add(predicate);
        }
    }

    private <J extends QOM.QualifiedJoin<?, J>> Table<?> left(J join, Conjunction where) {
        Conjunction on = new Conjunction();
        Table<?> left = rewrite(join.$table1(), where);
        return rebuild(join, left, rewrite(join.$table2(), on), on);
    }

    private <J extends QOM.QualifiedJoin<?, J>> Table<?> right(J join, Conjunction where) {
        Conjunction on = new Conjunction();
        Table<?> left = rewrite(join.$table1(), on);
        return rebuild(join, left, rewrite(join.$table2(), where), on);
    }

    private <J extends QOM.JoinTable<?, J>> Table<?> both(J join, Conjunction where) {
        Table<?> left = rewrite(join.$table1(), where);
        return tables(join, left, rewrite(join.$table2(), where));
    }

    private <J extends QOM.JoinTable<?, J>> Table<?> first(J join, Conjunction where) {
        return tables(join, rewrite(join.$table1(), where), join.$table2());
    }

    private <J extends QOM.JoinTable<?, J>> Table<?> second(J join, Conjunction where) {
        return tables(join, join.$table1(), rewrite(join.$table2(), where));
    }

    /**
     * Rewrites the join tree that jOOQ makes of implicit joins. Its first table was declared, and guarded, in the FROM
     * clause that the tree is put into.
     */
    Table<?> rewriteImplicit(Table<?> tree) {
        if (tree instanceof QOM.Join<?> join) {
            return implicit(join);
        }
        if (tree instanceof QOM.LeftJoin<?> join) {
            return implicit(join);
        }
        if (!(tree instanceof QOM.JoinTable<?, ?>)) {
            level.allow(tree);
        }
        return tree;
    }

    private <J extends QOM.QualifiedJoin<?, J>> Table<?> implicit(J join) {
        Conjunction on = new Conjunction();
        Table<?> left = rewriteImplicit(join.$table1());
        return rebuild(join, left, rewrite(join.$table2(), on), on);
    }

    private static <J extends QOM.QualifiedJoin<?, J>> Table<?> rebuild(
            J join, Table<?> left, Table<?> right, Conjunction on) {
        J joined = tables(join, left, right);
        return on.isEmpty() ? joined : joined.$on(on.and(joined.$on()));
    }

    @SuppressWarnings("ReferenceEquality") // tables are equal by name
    private static <J extends QOM.JoinTable<?, J>> J tables(J join, Table<?> left, Table<?> right) {
        J result = left == join.$table1() ? join : join.$table1(left);
        return right == result.$table2() ? result : result.$table2(right);
    }
}
