package dev.boundary.jooq.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/**
 * The target of an UPDATE or DELETE with an inner join, split into its parts.
 *
 * @param target the table that is changed
 * @param source the table that it is joined with
 * @param on the condition of the join, null for a cross join
 */
record JoinedTarget(
        Table<?> target, Table<?> source, @Nullable Condition on) {

    /** Splits one inner join; null for anything else. */
    static @Nullable JoinedTarget of(Table<?> table) {
        return switch (table) {
            case QOM.CrossJoin<?> join -> new JoinedTarget(join.$table1(), join.$table2(), null);
            case QOM.Join<?> join
            when join.$using().isEmpty() -> new JoinedTarget(join.$table1(), join.$table2(), join.$on());
            default -> null;
        };
    }

    List<Table<?>> sources(List<? extends Table<?>> others) {
        List<Table<?>> result = new ArrayList<>(others);
        result.add(source);
        return result;
    }

    @Nullable
    Condition where(@Nullable Condition where) {
        if (on == null || where == null) {
            return where == null ? on : where;
        }
        return where.and(on);
    }
}
