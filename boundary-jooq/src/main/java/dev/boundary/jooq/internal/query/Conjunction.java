package dev.boundary.jooq.internal.query;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Predicates that are put beside a condition of the user. */
final class Conjunction {

    private final List<TenantPredicate> predicates = new ArrayList<>(2);

    static Conjunction of(TenantPredicate predicate) {
        Conjunction result = new Conjunction();
        result.add(predicate);
        return result;
    }

    void add(TenantPredicate predicate) {
        predicates.add(predicate);
    }

    boolean isEmpty() {
        return predicates.isEmpty();
    }

    /** The condition and the predicates; the same object if there are none. */
    @Nullable
    Condition and(@Nullable Condition condition) {
        if (predicates.isEmpty()) {
            return condition;
        }
        Condition result = condition == null ? null : Parenthesised.of(condition);
        for (TenantPredicate predicate : predicates) {
            result = result == null ? predicate : result.and(predicate);
        }
        return result;
    }
}
