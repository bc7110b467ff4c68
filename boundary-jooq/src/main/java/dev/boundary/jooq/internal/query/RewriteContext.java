package dev.boundary.jooq.internal.query;

import dev.boundary.core.TenantKey;
import java.util.Objects;
import org.jooq.Configuration;
import org.jooq.Name;
import org.jspecify.annotations.Nullable;

/**
 * What the rewriters of one rendering share.
 *
 * @param tenant the tenant of the open scope; null if there is none
 * @param strict whether a statement on tenant rows outside a scope is refused
 * @param values how the values of the statement are bound
 */
record RewriteContext(
        Configuration configuration,
        MappedTableNames tables,
        AllowedFunctions functions,
        Predicates predicates,
        Refusals refusals,
        @Nullable TenantKey tenant,
        boolean strict,
        BoundValues values) {

    /** The tenant of the open scope, where there must be one. */
    TenantKey requireTenant() {
        return Objects.requireNonNull(tenant, "tenant");
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
