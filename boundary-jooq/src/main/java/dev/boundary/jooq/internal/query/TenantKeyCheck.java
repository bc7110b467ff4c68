package dev.boundary.jooq.internal.query;

import dev.boundary.core.CrossTenantException;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import org.jooq.Param;
import org.jooq.exception.DataTypeException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Compares values for tenant columns with the tenant of the open scope.
 *
 * @param tenant the tenant; null if no scope is open
 */
record TenantKeyCheck(@Nullable TenantKey tenant, Refusals refusals) {

    private static final String OPEN_SCOPE =
            "Leave the column out and it is filled in, or open the scope of that tenant"
                    + " with TenantContext.where(tenant).";

    private static final String UNSCOPED = "Shared rows are written in TenantContext.unscoped(\"the reason\").";

    /** Whether a value is the tenant. What is only observed may be another one. */
    boolean isOwn(Param<?> param) {
        return tenant != null && tenant.value().equals(raw(tenant, param));
    }

    /** Refuses a value for the tenant column of a table that is not the tenant. */
    void refuseForeign(Classified table, Param<?> param) {
        if (tenant == null || isOwn(param)) {
            return;
        }
        Object value = raw(tenant, param);
        boolean shared = value == null && table.classification() instanceof Mixed;
        refusals.refuse(table, new CrossTenantException(table.name(), tenant, value, shared ? UNSCOPED : OPEN_SCOPE));
    }

    /** The value as the key's Java type, also if the column has a converter or the value another type. */
    private static @Nullable Object raw(TenantKey tenant, Param<?> param) {
        Object value = unconverted(param);
        if (value == null || tenant.value().getClass().isInstance(value)) {
            return value;
        }
        try {
            Object key = DSL.val(value, Predicates.type(tenant)).getValue();
            // Not 1.9 for 1: PostgreSQL would round it to another tenant's.
            return value.toString().equalsIgnoreCase(String.valueOf(key)) ? key : value;
        } catch (DataTypeException e) {
            return value; // not a key at all, so it cannot be the scope's
        }
    }

    private static <T> @Nullable Object unconverted(Param<T> param) {
        return param.getConverter().to(param.getValue());
    }
}
