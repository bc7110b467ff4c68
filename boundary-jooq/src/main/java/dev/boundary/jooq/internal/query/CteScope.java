package dev.boundary.jooq.internal.query;

import org.jooq.Name;
import org.jooq.impl.QOM;
import org.jspecify.annotations.Nullable;

/** Which common table expressions one statement level sees, and which the statements inside it see. */
final class CteScope {

    private CteNames visible;
    private CteNames inner;
    private boolean recursive;

    CteScope(@Nullable CteScope outer) {
        this.visible = outer == null ? CteNames.NONE : outer.inner;
        this.inner = visible;
    }

    /** The names that the level can use, its own included. */
    CteNames visible() {
        return visible;
    }

    /** Adds the common table expressions of the level's own WITH clause. */
    void declare(QOM.@Nullable With with) {
        if (with != null) {
            CteNames own = new CteNames(visible);
            with.$commonTableExpressions().forEach(cte -> own.add(cte.getUnqualifiedName()));
            visible = own;
            inner = own;
            recursive = with.$recursive();
        }
    }

    /** The body of a common table expression begins: unless WITH is recursive, it sees only those before it. */
    void enterBody(Name name) {
        inner = recursive ? visible : visible.before(name);
    }

    void leaveBody() {
        inner = visible;
    }
}
