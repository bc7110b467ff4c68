package dev.boundary.jooq.internal.query;

import java.util.ArrayList;
import java.util.List;

/** The predicates that were placed in one statement level and are not rendered yet. Each is known by its identity. */
final class ExpectedPredicates {

    private final List<TenantPredicate> predicates = new ArrayList<>(0);

    void add(TenantPredicate predicate) {
        predicates.add(predicate);
    }

    /** Returns false if the predicate is none of these. */
    @SuppressWarnings("ReferenceEquality") // jOOQ compares parts by their SQL
    boolean remove(TenantPredicate predicate) {
        for (int i = 0; i < predicates.size(); i++) {
            if (predicates.get(i) == predicate) {
                predicates.remove(i);
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return predicates.isEmpty();
    }
}
