package dev.boundary.jooq.internal.query;

import java.util.List;
import org.jooq.Constraint;
import org.jooq.Field;
import org.jooq.UniqueKey;
import org.jooq.impl.QOM;

/**
 * ON CONFLICT: only rows of the tenant are updated, and only a key that includes the tenant may decide what a conflict
 * is. With another key the conflict could be a row of a foreign tenant, and the statement would reveal that it exists.
 */
final class OnConflictRewriter implements StatementLevel.ConstraintCheck {

    private final WriteTarget target;

    private boolean constraintFound;

    OnConflictRewriter(WriteTarget target) {
        this.target = target;
    }

    QOM.Insert<?> rewrite(QOM.Insert<?> insert) {
        if (!insert.$onDuplicateKeyUpdate() && !insert.$onDuplicateKeyIgnore()) {
            return insert;
        }
        checkTarget(new Columns(insert.$onConflict()));
        if (!insert.$onDuplicateKeyUpdate()) {
            return insert;
        }
        TenantPredicate predicate = target.context().predicates().write(insert.$into(), target.declaration());
        target.level().guard(insert.$into(), predicate);
        return insert.$updateSet(new SetClause(target, true).rewrite(insert.$updateSet()))
                .$updateWhere(Conjunction.of(predicate).and(insert.$updateWhere()));
    }

    private void checkTarget(Columns columns) {
        if (!columns.isEmpty()) {
            if (!includesTenant(columns)) {
                refuse(columns.fields().toString());
            }
        } else if (!allKeysIncludeTenant()) {
            // jOOQ's model does not distinguish a named constraint from none; it is announced if there is one.
            target.level().expectConstraint(this);
        }
    }

    private boolean allKeysIncludeTenant() {
        List<? extends UniqueKey<?>> keys = target.table().getKeys();
        return !keys.isEmpty() && keys.stream().allMatch(this::includesTenant);
    }

    @Override
    public void found(Constraint constraint) {
        constraintFound = true;
        boolean includes = target.table().getKeys().stream()
                .anyMatch(key -> key.getName().equals(constraint.getName()) && includesTenant(key));
        if (!includes) {
            refuse(constraint.getName() + ", as far as jOOQ's generated classes tell,");
        }
    }

    @Override
    public void notFound() {
        if (!constraintFound) {
            refuse("is any key of the table, and at least one of them");
        }
    }

    private boolean includesTenant(UniqueKey<?> key) {
        return includesTenant(new Columns(key.getFields()));
    }

    private boolean includesTenant(Columns columns) {
        return target.decidingColumns().stream().allMatch(columns::contains);
    }

    private void refuse(String conflictTarget) {
        Field<?> column = target.decidingColumn();
        target.refuse(
                "The conflict target " + conflictTarget + " does not include " + column.getName()
                        + ", so a row of another tenant could be the conflict, and the result would reveal that it"
                        + " exists.",
                "Name a unique key that includes that column: onConflict(" + column.getName() + ", ...).");
    }
}
