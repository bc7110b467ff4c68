package dev.boundary.jooq.internal.query;

import dev.boundary.core.BoundaryException;
import dev.boundary.core.CrossTenantException;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.internal.query.TenantTable.Classified;
import dev.boundary.jooq.schema.TableClassification;
import dev.boundary.jooq.schema.TableClassification.Child;
import dev.boundary.jooq.schema.TableClassification.Exempt;
import dev.boundary.jooq.schema.TableClassification.Global;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import dev.boundary.jooq.schema.TableClassification.Tenant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Row;
import org.jooq.Select;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.exception.DataTypeException;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/** The table that a statement writes, and what it may write into the columns that decide the tenant of a row. */
final class Written {

    private static final String OPEN_SCOPE =
            "Leave the column out and it is filled in, or open the scope of that tenant"
                    + " with TenantContext.where(tenant).";

    private final Rewriting rewriting;
    private final Frame frame;
    private final Table<?> table;
    private final Classified classified;

    Written(Rewriting rewriting, Frame frame, Table<?> table, Classified classified) {
        this.rewriting = rewriting;
        this.frame = frame;
        this.table = table;
        this.classified = classified;
    }

    TableClassification classification() {
        return classified.classification();
    }

    Table<?> table() {
        return table;
    }

    /** The statement in few words. */
    String statement() {
        return frame.kind + " of " + classified.name();
    }

    void refuse(BoundaryException error) {
        rewriting.refusals().refuse(classified, error);
    }

    /** The tenant column, or the columns of the foreign key. */
    List<? extends Field<?>> decisiveColumns() {
        return switch (classification()) {
            case Tenant(Field<?> column) -> List.of(column);
            case Mixed(Field<?> column) -> List.of(column);
            case Child child -> child.columns();
            case Global global -> List.of();
            case Exempt exempt -> List.of();
        };
    }

    boolean decides(Field<?> column) {
        return decisiveColumns().stream().anyMatch(decisive -> sameName(decisive, column));
    }

    /** Whether a field stands for several columns of which one decides the tenant. */
    boolean embedsDecisive(Field<?> field) {
        DataType<?> type = field.getDataType();
        Row columns = type.isEmbeddable() ? type.getRow() : null;
        return columns != null && List.of(columns.fields()).stream().anyMatch(this::decides);
    }

    static boolean sameName(Field<?> left, Field<?> right) {
        String name = left.getUnqualifiedName().last();
        return name != null && name.equalsIgnoreCase(right.getUnqualifiedName().last());
    }

    /** What an INSERT puts into the tenant column: DEFAULT and, unless it means a shared row, NULL are filled in. */
    Field<?> insertedTenant(Field<?> given) {
        if (given instanceof QOM.Default) {
            return rewriting.predicates().tenantValue();
        }
        if (given instanceof Param<?> param && param.getValue() == null && !(classification() instanceof Mixed)) {
            // The placeholder stays: a batch binds values by position.
            return boundLater(
                    param, Predicates.coalesce(given, rewriting.predicates().tenantValue()));
        }
        return tenant(given);
    }

    /**
     * Checks a value for the tenant column. A constant is checked now; anything else is checked by the database, where
     * another tenant becomes NULL, which the column does not take.
     */
    Field<?> tenant(Field<?> given) {
        if (given instanceof Param<?> param) {
            refuseForeign(param);
            return boundLater(param, given);
        }
        Field<?> column = decisiveColumns().getFirst();
        if (classification() instanceof Mixed || column.getDataType().nullable()) {
            refuse(new StatementRefusedException(
                    statement(),
                    "What it gives the tenant column " + column.getName()
                            + " is computed in the database, and the column takes NULL, so that a foreign tenant could"
                            + " not be kept out.",
                    "Leave the column out and it is filled in, or give it the tenant's key as a value."));
            return given;
        }
        // Not the given value again, which may be another the second time.
        Field<?> tenant = rewriting.predicates().tenantValue();
        return DSL.when(Predicates.equal(given, tenant), tenant);
    }

    /** In a batch the value that the statement was written with is replaced later; the database checks what comes. */
    private Field<?> boundLater(Param<?> placeholder, Field<?> given) {
        BoundLater later = rewriting.boundLater();
        if (later == null) {
            return given;
        }
        later.await(placeholder, classified);
        if (classification() instanceof Mixed
                || decisiveColumns().getFirst().getDataType().nullable()) {
            refuse(new StatementRefusedException(
                    "batch " + statement(),
                    "Its tenant column takes NULL and is bound with each set of values, so that a foreign tenant could"
                            + " not be kept out.",
                    "Leave the column out and it is filled in."));
        }
        Table<?> value = DSL.select(given.as("v")).asTable("boundary_value");
        Field<?> bound = DSL.field(DSL.name("boundary_value", "v"), Object.class);
        return DSL.field(DSL.select(bound)
                .from(value)
                .where(Predicates.equal(bound, rewriting.predicates().tenantValue())));
    }

    /** Whether the values that are going to be written are those that the statement has. */
    boolean knowsValues() {
        return !rewriting.bindsLater() || rewriting.ofRecords();
    }

    /** Whether a value is the tenant of the open scope. What is only observed may be another one. */
    boolean isOwnTenant(Field<?> value) {
        return value instanceof Param<?> param && isOwn(rewriting.tenant(), param);
    }

    private static boolean isOwn(@Nullable TenantKey tenant, Param<?> param) {
        return tenant != null && tenant.value().equals(raw(tenant, param));
    }

    /** A constant that a subquery gives the tenant column can be looked at now, which tells more than the database's error. */
    void checkConstants(List<? extends Field<?>> columns, Select<?> select) {
        if (classification() instanceof Child) {
            return;
        }
        int position = InsertRewriter.position(columns, decisiveColumns().getFirst());
        List<? extends SelectFieldOrAsterisk> selected = select.$select();
        if (position < selected.size() && selected.get(position) instanceof Param<?> param) {
            refuseForeign(param);
        }
    }

    private void refuseForeign(Param<?> param) {
        refuseForeign(rewriting.refusals(), classified, rewriting.tenant(), param);
    }

    /** Refuses a value for the tenant column of a table that is not the tenant of the open scope. */
    static void refuseForeign(Refusals refusals, Classified table, @Nullable TenantKey tenant, Param<?> param) {
        if (tenant == null || isOwn(tenant, param)) {
            return;
        }
        Object value = raw(tenant, param);
        boolean shared = value == null && table.classification() instanceof Mixed;
        refusals.refuse(
                table,
                new CrossTenantException(
                        table.name(),
                        tenant,
                        value,
                        shared ? "Shared rows are written in TenantContext.unscoped(\"the reason\")." : OPEN_SCOPE));
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

    /**
     * The first column of a foreign key, read from the parent row if that belongs to the tenant. If it does not, this is
     * NULL, which the column does not take.
     */
    Field<?> parentKey(Child child, List<Field<?>> values) {
        Field<?> column = child.columns().getFirst();
        if (column.getDataType().nullable()) {
            refuse(new StatementRefusedException(
                    statement(),
                    "Its tenant is that of the row that " + column.getName()
                            + " points to, and that column takes NULL, so that a foreign one could not be kept out.",
                    "Make the column NOT NULL (and generate the classes anew, or declare its type with"
                            + " nullable(false)), or give the table a tenant column."));
        }
        List<Field<?>> given = values.stream().<Field<?>>map(UserValue::of).toList();
        return new ParentKey<>(
                column, rewriting.predicates().parent(child, given, Guard.derivedName(table, "_parent"), true, null));
    }

    /** The same in a row of columns and values; only the first column of the key reads the parent. */
    Field<?> parentKey(
            Child child, Field<?> column, List<? extends Field<?>> columns, List<? extends Field<?>> values) {
        Field<?> given = values.get(InsertRewriter.position(columns, column));
        if (!sameName(child.columns().getFirst(), column)) {
            return given;
        }
        List<Field<?>> key = new ArrayList<>();
        for (Field<?> part : child.columns()) {
            int position = InsertRewriter.position(columns, part);
            if (position < 0 || values.get(position) instanceof QOM.Default) {
                refuseMissing(part);
                return given;
            }
            key.add(values.get(position));
        }
        if (key.size() > 1 && !key.stream().allMatch(this::isSameTwice)) {
            refuse(new StatementRefusedException(
                    statement(),
                    "Its tenant is that of the row that "
                            + String.join(
                                    " and ",
                                    child.columns().stream().map(Field::getName).toList())
                            + " point to together, and what they are given is computed or bound later, so that it could"
                            + " be something else when it is checked.",
                    "Give them values: no expressions, and no batch(query).bind(...)."));
        }
        return parentKey(child, key);
    }

    /**
     * Whether a value means the same inside the subquery that reads the parent and outside of it. An expression need not:
     * its columns may be the parent's there, and a function may give something else.
     */
    private boolean isSameTwice(Field<?> value) {
        return value instanceof Param ? !rewriting.bindsLater() : InsertRewriter.isOfSource(value);
    }

    void refuseMissing(Field<?> column) {
        refuse(new StatementRefusedException(
                statement(),
                "It gives no value to " + column.getName() + ", which decides the tenant of the row.",
                "Name the row of the parent table that it belongs to."));
    }
}
