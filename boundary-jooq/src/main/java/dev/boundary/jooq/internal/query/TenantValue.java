package dev.boundary.jooq.internal.query;

import dev.boundary.core.CrossTenantException;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.internal.query.TenantTable.Classified;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/** Checks what a statement gives a tenant column. */
final class TenantValue {

    private static final String OPEN_SCOPE =
            "Leave the column out and it is filled in, or open the scope of that tenant"
                    + " with TenantContext.where(tenant).";

    private final Rewriting rewriting;
    private final Frame frame;
    private final Classified table;

    TenantValue(Rewriting rewriting, Frame frame, Classified table) {
        this.rewriting = rewriting;
        this.frame = frame;
        this.table = table;
    }

    /**
     * What an INSERT must put into the tenant column.
     *
     * @param given what it was given
     * @return the tenant
     */
    Field<?> inserted(Field<?> given) {
        if (given instanceof QOM.Default || (isNull(given) && !(table.classification() instanceof Mixed))) {
            return rewriting.predicates().tenantValue();
        }
        constant(given);
        return given;
    }

    /** Refuses anything but the constant of the scope's tenant. */
    void constant(Field<?> given) {
        if (!(given instanceof Param<?> param)) {
            rewriting
                    .refusals()
                    .refuse(
                            table,
                            new StatementRefusedException(
                                    Describe.level(frame) + " of " + table.name(),
                                    "What it gives the tenant column is computed in the database, so that its tenant cannot be"
                                            + " checked before.",
                                    "Leave the column out and it is filled in, or give it the tenant's key as a value."));
            return;
        }
        Object value = raw(param);
        TenantKey tenant = rewriting.tenant();
        if (tenant != null && !tenant.value().equals(value)) {
            rewriting
                    .refusals()
                    .refuse(
                            table,
                            new CrossTenantException(
                                    table.name(),
                                    tenant,
                                    value,
                                    value == null && table.classification() instanceof Mixed
                                            ? "Shared rows are written in TenantContext.unscoped(\"the reason\")."
                                            : OPEN_SCOPE));
        }
    }

    private static boolean isNull(Field<?> given) {
        return given instanceof Param<?> param && param.getValue() == null;
    }

    /** The value as the key's Java type, also if the column has a converter or the value another type. */
    private @Nullable Object raw(Param<?> param) {
        Object value = unconverted(param);
        TenantKey tenant = rewriting.tenant();
        if (value == null || tenant == null || tenant.value().getClass().isInstance(value)) {
            return value;
        }
        return convert(value, tenant.value().getClass());
    }

    private static <T> @Nullable Object unconverted(Param<T> param) {
        return param.getConverter().to(param.getValue());
    }

    private static @Nullable Object convert(Object value, Class<?> type) {
        try {
            return org.jooq
                    .impl
                    .DSL
                    .val(value, (DataType<?>) org.jooq.impl.DefaultDataType.getDataType(null, type))
                    .getValue();
        } catch (org.jooq.exception.DataTypeException e) {
            return value; // not a key at all, so it cannot be the scope's
        }
    }
}
