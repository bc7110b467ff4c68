package dev.boundary.jooq.internal.query;

import org.jooq.DDLQuery;
import org.jooq.Name;
import org.jooq.Query;
import org.jooq.RowCountQuery;
import org.jooq.Truncate;
import org.jooq.impl.QOM;

/** A statement of a kind that the query layer does not rewrite. */
record UnsupportedStatement(Query query) {

    void refuse(Refusals refusals) {
        if (!isTimeout()) {
            refusals.refuse(
                    description(),
                    "It is not a SELECT, INSERT, UPDATE, DELETE or MERGE, so no tenant predicate can be added to it.",
                    remedy());
        }
    }

    /** How jOOQ writes that {@code forUpdate().wait(seconds)} waits: it concerns nothing but the transaction. */
    private boolean isTimeout() {
        if (!(query instanceof QOM.SetCommand set) || !set.$local()) {
            return false;
        }
        Name name = set.$name();
        return !name.qualified() && "lock_timeout".equals(name.last());
    }

    private String description() {
        return switch (query) {
            case Truncate<?> truncate -> "TRUNCATE";
            case DDLQuery ddl -> "DDL (" + ddl.getClass().getSimpleName().replace("Impl", "") + ")";
            case RowCountQuery plain -> "plain SQL";
            default -> query.getClass().getSimpleName();
        };
    }

    private String remedy() {
        return switch (query) {
            case Truncate<?> truncate ->
                "Use deleteFrom(table) for the rows of one tenant; to empty the table for all, use"
                        + " TenantContext.unscoped(\"the reason\").";
            case DDLQuery ddl -> "Run it in a migration, or in TenantContext.unscoped(\"the reason\").";
            default -> "Write it with jOOQ's DSL. " + Refusals.RLS_ONLY;
        };
    }
}
