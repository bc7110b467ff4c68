package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.RejectedTenant;
import dev.boundary.jooq.schema.TableClassification.Child;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;
import org.jooq.impl.SQLDataType;

/** What a statement may write into the tenant column of its table. */
final class TenantColumnValue {

    private static final String BOUND_TABLE = "boundary_value";
    private static final String BOUND_COLUMN = "v";

    private final WriteTarget target;
    private final RewriteContext context;
    private final TenantKeyCheck check;

    TenantColumnValue(WriteTarget target) {
        this.target = target;
        this.context = target.context();
        this.check = new TenantKeyCheck(context.tenant(), context.refusals());
    }

    /** The tenant itself. */
    Field<?> filledIn() {
        return context.predicates().tenantValue();
    }

    /** What an INSERT puts into the column: DEFAULT and, unless it means a shared row, NULL are filled in. */
    Field<?> inserted(Field<?> given) {
        if (given instanceof QOM.Default) {
            return filledIn();
        }
        if (given instanceof Param<?> param
                && param.getValue() == null
                && !(target.classification() instanceof Mixed)) {
            // The placeholder stays: a batch binds values by position.
            return ofBatch(param, Predicates.coalesce(given, filledIn()));
        }
        return checked(given);
    }

    /**
     * Checks a value. A constant is checked now; anything else is checked by the database, where another tenant becomes
     * NULL, which the column does not accept.
     */
    Field<?> checked(Field<?> given) {
        if (given instanceof Param<?> param) {
            if (context.values().areKnown()) {
                checkConstant(param);
            }
            return ofBatch(param, given);
        }
        Field<?> tenant = filledIn();
        // Not the given value a second time, which may then be another.
        Condition isOwn = Predicates.equal(given, tenant);
        return target.acceptsNull() ? ownOr(isOwn, tenant, rejected(given)) : DSL.when(isOwn, tenant);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // both have the type of the key
    private static Field<?> ownOr(Condition isOwn, Field<?> tenant, Field<?> rejected) {
        return DSL.when(isOwn, (Field) tenant).otherwise((Field) rejected);
    }

    /**
     * A value that PostgreSQL cannot compute, with a text that says why. It does not try to before it knows that the
     * value is needed: the given one is no constant.
     */
    private Field<?> rejected(Field<?> given) {
        Field<String> value = DSL.coalesce(given.cast(SQLDataType.CLOB), DSL.inline("no tenant"));
        Field<String> text = DSL.concat(DSL.inline(RejectedTenant.TEXT), value);
        DataType<?> key = Predicates.type(target.context().requireTenant());
        return key.isString() ? text.cast(SQLDataType.INTEGER).cast(key) : text.cast(key);
    }

    /** A batch replaces the value that the statement was written with; the database checks what is bound. */
    private Field<?> ofBatch(Param<?> placeholder, Field<?> given) {
        BatchPlaceholders batch = context.values().batch();
        if (batch == null) {
            return given;
        }
        batch.await(placeholder, target.declaration());
        Table<?> value = DSL.select(given.as(BOUND_COLUMN)).asTable(BOUND_TABLE);
        Field<?> bound = DSL.field(DSL.name(BOUND_TABLE, BOUND_COLUMN), Object.class);
        if (target.acceptsNull()) {
            return DSL.field(DSL.select(checked(bound)).from(value));
        }
        return DSL.field(DSL.select(bound).from(value).where(Predicates.equal(bound, filledIn())));
    }

    boolean isOwnTenant(Field<?> value) {
        return value instanceof Param<?> param && check.isOwn(param);
    }

    /** Checks a constant that a subquery gives the column, which tells more than the database's error would. */
    void checkConstants(Columns columns, Select<?> select) {
        if (target.classification() instanceof Child) {
            return;
        }
        int position = columns.position(target.decidingColumn());
        List<? extends SelectFieldOrAsterisk> selected = select.$select();
        if (position >= 0 && position < selected.size() && selected.get(position) instanceof Param<?> param) {
            checkConstant(param);
        }
    }

    private void checkConstant(Param<?> param) {
        context.values().check(() -> check.refuseForeign(target.declaration(), param));
    }
}
