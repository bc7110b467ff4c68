package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.schema.TableClassification.Child;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import java.util.List;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;

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
            check.refuseForeign(target.declaration(), param);
            return ofBatch(param, given);
        }
        if (target.acceptsNull()) {
            refuseComputed();
            return given;
        }
        Field<?> tenant = filledIn();
        // Not the given value a second time, which may then be another.
        return DSL.when(Predicates.equal(given, tenant), tenant);
    }

    private void refuseComputed() {
        target.refuse(
                "The value of the tenant column " + target.decidingColumn().getName()
                        + " is computed in the database, and the column is nullable, so a foreign tenant could not be"
                        + " kept out.",
                "Leave the column out and it is filled in, or give it the tenant's key as a value.");
    }

    /** A batch replaces the value that the statement was written with; the database checks what is bound. */
    private Field<?> ofBatch(Param<?> placeholder, Field<?> given) {
        BatchPlaceholders batch = context.batch();
        if (batch == null) {
            return given;
        }
        batch.await(placeholder, target.declaration());
        if (target.acceptsNull()) {
            refuseBatch();
        }
        Table<?> value = DSL.select(given.as(BOUND_COLUMN)).asTable(BOUND_TABLE);
        Field<?> bound = DSL.field(DSL.name(BOUND_TABLE, BOUND_COLUMN), Object.class);
        return DSL.field(DSL.select(bound).from(value).where(Predicates.equal(bound, filledIn())));
    }

    private void refuseBatch() {
        context.refusals()
                .refuse(
                        target.declaration(),
                        "batch " + target.statement(),
                        "Its tenant column is nullable and is bound with each set of values, so a foreign tenant"
                                + " could not be kept out.",
                        "Leave the column out and it is filled in.");
    }

    /** Whether the values that are going to be written are those that the statement has. */
    boolean isKnown() {
        return !context.isBatch() || context.ofRecords();
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
            check.refuseForeign(target.declaration(), param);
        }
    }
}
