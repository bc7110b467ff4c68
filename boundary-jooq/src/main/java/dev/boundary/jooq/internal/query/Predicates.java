package dev.boundary.jooq.internal.query;

import dev.boundary.core.TenantKey;
import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import dev.boundary.jooq.schema.TableClassification;
import dev.boundary.jooq.schema.TableClassification.Child;
import dev.boundary.jooq.schema.TableClassification.Exempt;
import dev.boundary.jooq.schema.TableClassification.Global;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import dev.boundary.jooq.schema.TableClassification.Tenant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Creates the predicates of one tenant. Immutable. */
final class Predicates {

    private final TableNames names;
    private final @Nullable TenantKey tenant;
    private final boolean inline;

    /**
     * For one statement.
     *
     * @param names finds the declarations of parents
     * @param tenant the tenant; null for a predicate that no row fulfils
     * @param inline whether the tenant is written into the SQL, where one more bind value would shift the others
     */
    Predicates(TableNames names, @Nullable TenantKey tenant, boolean inline) {
        this.names = names;
        this.tenant = tenant;
        this.inline = inline;
    }

    /** The tenant as it is compared with a tenant column. */
    Field<?> tenantValue() {
        TenantKey key = tenant;
        if (key == null) {
            return DSL.inline((Object) null);
        }
        return inline ? DSL.inline(key.value(), type(key)) : DSL.val(key.value(), type(key));
    }

    /** The type of a tenant column that has this key. */
    static DataType<?> type(TenantKey key) {
        return switch (key.type()) {
            case UUID -> SQLDataType.UUID;
            case BIGINT -> SQLDataType.BIGINT;
            case INT -> SQLDataType.INTEGER;
            case TEXT -> SQLDataType.CLOB;
        };
    }

    /** Which rows of the table the tenant may read. */
    TenantPredicate read(Table<?> table, Classified classified) {
        return predicate(table, classified.classification(), false);
    }

    /** Which rows of the table the tenant may change. */
    TenantPredicate write(Table<?> table, Classified classified) {
        return predicate(table, classified.classification(), true);
    }

    /** Whether a tenant may read rows that it may not change: shared ones, and those that belong to them. */
    boolean readMoreThanWritten(Classified table) {
        return switch (table.classification()) {
            case Mixed mixed -> true;
            case Child child ->
                names.resolve(child.parent(), CteNames.NONE) instanceof Classified parent
                        && readMoreThanWritten(parent);
            case Tenant tenantTable -> false;
            case Global global -> false;
            case Exempt exempt -> false;
        };
    }

    private TenantPredicate predicate(Table<?> table, TableClassification classification, boolean write) {
        return switch (classification) {
            case Tenant(Field<?> column) -> new TenantPredicate(ofTenant(new TableColumns(table).column(column)));
            case Mixed(Field<?> column) -> {
                Field<?> mine = new TableColumns(table).column(column);
                yield write
                        ? new TenantPredicate(ofTenant(mine))
                        : new TenantPredicate(mine.isNull().or(ofTenant(mine)));
            }
            case Child child -> new TenantPredicate(ofParent(table, child, write));
            case Global global -> throw new IllegalArgumentException("no tenant rows: " + table);
            case Exempt exempt -> throw new IllegalArgumentException("no tenant rows: " + table);
        };
    }

    private Condition ofTenant(Field<?> column) {
        return tenant == null ? DSL.falseCondition() : equal(column, tenantValue());
    }

    private Condition ofParent(Table<?> table, Child child, boolean write) {
        List<? extends Field<?>> values =
                child.columns().stream().map(new TableColumns(table)::column).toList();
        return DSL.exists(parent(child, values, Guard.derivedName(table, "_parent"), write, DSL.one()));
    }

    /**
     * The row of the parent that a foreign key with these values points to, if it belongs to the tenant.
     *
     * @param projection what to select of it; null for the first column of the key
     */
    Select<?> parent(
            Child child, List<? extends Field<?>> values, String alias, boolean write, @Nullable Field<?> projection) {
        Table<?> parent = child.parent().as(alias);
        TableColumns columns = new TableColumns(parent);
        Condition condition = DSL.noCondition();
        for (int i = 0; i < values.size(); i++) {
            Field<?> column = columns.column(child.parentColumns().get(i));
            condition = condition.and(equal(column, values.get(i)));
        }
        condition = condition.and(predicate(parent, declared(child.parent()), write));
        Field<?> selected =
                projection == null ? columns.column(child.parentColumns().getFirst()) : projection;
        return DSL.select(selected).from(parent).where(condition);
    }

    private TableClassification declared(Table<?> parent) {
        if (names.resolve(parent, CteNames.NONE) instanceof Classified classified) {
            return classified.classification();
        }
        throw new IllegalStateException("The parent is not declared: " + parent);
    }

    /** Equality in the database, whatever the Java types. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static Condition equal(Field<?> left, Field<?> right) {
        return ((Field) left).eq((Field) right);
    }

    /** The first value, or the second if that is NULL. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static Field<?> coalesce(Field<?> first, Field<?> second) {
        return DSL.coalesce((Field) first, (Field) second);
    }
}
