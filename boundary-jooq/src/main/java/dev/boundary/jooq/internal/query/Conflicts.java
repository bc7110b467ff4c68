package dev.boundary.jooq.internal.query;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.jooq.internal.query.TenantTable.Classified;
import java.util.List;
import java.util.Map;
import org.jooq.Constraint;
import org.jooq.Field;
import org.jooq.FieldOrRow;
import org.jooq.FieldOrRowOrSelect;
import org.jooq.UniqueKey;
import org.jooq.impl.QOM;

/**
 * ON CONFLICT: only rows of the tenant are updated, and only a key that includes the tenant may decide what a conflict
 * is. With another key the row of a foreign tenant would stand in the way, and the statement would tell that it exists.
 */
final class Conflicts {

    private final Rewriting rewriting;
    private final Frame frame;
    private final Written written;
    private final Classified target;

    Conflicts(Rewriting rewriting, Frame frame, Written written, Classified target) {
        this.rewriting = rewriting;
        this.frame = frame;
        this.written = written;
        this.target = target;
    }

    QOM.Insert<?> rewrite(QOM.Insert<?> insert) {
        if (!insert.$onDuplicateKeyUpdate() && !insert.$onDuplicateKeyIgnore()) {
            return insert;
        }
        target(insert.$onConflict());
        if (!insert.$onDuplicateKeyUpdate()) {
            return insert;
        }
        Map<? extends FieldOrRow, ? extends FieldOrRowOrSelect> set = insert.$updateSet();
        TenantPredicate predicate = rewriting.predicates().write(insert.$into(), target);
        frame.guard(insert.$into(), predicate);
        return insert.$updateSet(new Assignments(written, true).rewrite(set))
                .$updateWhere(Rewriting.and(insert.$updateWhere(), List.of(predicate)));
    }

    private void target(List<? extends Field<?>> columns) {
        if (!columns.isEmpty()) {
            if (!includesTenant(columns)) {
                refuse(columns.toString());
            }
        } else if (!allKeysIncludeTenant()) {
            // jOOQ's model does not tell a named constraint from none; it is announced if there is one.
            frame.expectConstraint(this::constraint, () -> refuse("is any key of the table, and at least one of them"));
        }
    }

    private boolean allKeysIncludeTenant() {
        List<? extends UniqueKey<?>> keys = written.table().getKeys();
        return !keys.isEmpty() && keys.stream().allMatch(key -> includesTenant(key.getFields()));
    }

    private void constraint(Constraint constraint) {
        boolean includes = written.table().getKeys().stream()
                .anyMatch(key -> key.getName().equals(constraint.getName()) && includesTenant(key.getFields()));
        if (!includes) {
            refuse(constraint.getName() + ", as far as jOOQ's generated classes tell,");
        }
    }

    private boolean includesTenant(List<? extends Field<?>> columns) {
        return written.decisiveColumns().stream().allMatch(column -> InsertRewriter.position(columns, column) >= 0);
    }

    private void refuse(String conflictTarget) {
        written.refuse(new StatementRefusedException(
                written.statement(),
                "The conflict target " + conflictTarget + " does not include "
                        + written.decisiveColumns().getFirst().getName()
                        + ", so that a row of another tenant could be the conflict, and the result would tell that it"
                        + " exists.",
                "Name a unique key that includes that column: onConflict("
                        + written.decisiveColumns().getFirst().getName() + ", ...)."));
    }
}
