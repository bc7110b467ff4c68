package dev.boundary.jooq.internal.session;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantScope;
import org.slf4j.MDC;

/** The tenant on every line that is logged while a statement is executed. */
final class TenantLogKey {

    private static final String KEY = "boundary.tenant";

    private TenantLogKey() {}

    static void put() {
        if (TenantContext.current().orElse(null) instanceof TenantScope scope) {
            MDC.put(KEY, scope.tenant().asText());
        }
    }

    static void remove() {
        MDC.remove(KEY);
    }
}
