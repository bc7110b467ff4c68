package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import java.util.Optional;
import org.slf4j.MDC;

/** The tenant on every line that is logged while a statement is executed. */
final class TenantMdc {

    private static final String KEY = "boundary.tenant";

    private TenantMdc() {}

    static void put(Optional<Scope> scope) {
        if (scope.orElse(null) instanceof TenantScope tenant) {
            MDC.put(KEY, tenant.tenant().asText());
        }
    }

    static void remove() {
        MDC.remove(KEY);
    }
}
