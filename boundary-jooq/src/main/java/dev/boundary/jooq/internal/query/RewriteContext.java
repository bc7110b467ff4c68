package dev.boundary.jooq.internal.query;

import dev.boundary.core.TenantKey;
import org.jooq.Configuration;
import org.jooq.Name;
import org.jspecify.annotations.Nullable;

/**
 * What the rewriters of one rendering share.
 *
 * @param tenant the tenant of the open scope; null if there is none
 * @param strict whether a statement on tenant rows outside a scope is refused
 * @param batch the placeholders of a batch; null unless the values of the statement are only placeholders
 * @param ofRecords whether the statement is one of a batch of records, whose values were checked before
 */
record RewriteContext(
        Configuration configuration,
        MappedTableNames tables,
        AllowedFunctions functions,
        Predicates predicates,
        Refusals refusals,
        @Nullable TenantKey tenant,
        boolean strict,
        @Nullable BatchPlaceholders batch,
        boolean ofRecords) {

    /** Whether the values of the statement are only placeholders for those of a batch. */
    boolean isBatch() {
        return batch != null;
    }

    /** Refuses a function that could see more than its arguments. */
    void checkFunction(Name name) {
        if (!functions.contains(name)) {
            refusals.refuse(
                    "a statement that calls " + name.unquotedName(),
                    "A function can read and change rows of every tenant, and this one is not known to be harmless.",
                    "If it is, declare it: allowFunctions(\"" + name.unquotedName() + "\"). " + Refusals.RLS_ONLY);
        }
    }
}
