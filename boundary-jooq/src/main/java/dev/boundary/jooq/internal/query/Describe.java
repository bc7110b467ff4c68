package dev.boundary.jooq.internal.query;

import java.util.List;
import org.jooq.DDLQuery;
import org.jooq.Keyword;
import org.jooq.Name;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.RowCountQuery;
import org.jooq.Table;
import org.jooq.Truncate;

/** Statements in words, for messages. */
final class Describe {

    private Describe() {}

    static String level(Frame frame) {
        return frame.kind;
    }

    static String statement(Query query) {
        return switch (query) {
            case Truncate<?> truncate -> "TRUNCATE";
            case DDLQuery ddl -> "DDL (" + ddl.getClass().getSimpleName().replace("Impl", "") + ")";
            case RowCountQuery plain -> "plain SQL";
            default -> query.getClass().getSimpleName();
        };
    }

    static String part(QueryPart part) {
        return switch (part) {
            case Table<?> table -> "table " + table.getName();
            case Name name -> "name " + name.unquotedName();
            case Keyword keyword -> "keyword";
            default -> part.getClass().getSimpleName();
        };
    }

    static String remedy(Query query) {
        return switch (query) {
            case Truncate<?> truncate ->
                "Use deleteFrom(table) for the rows of one tenant; to empty the table for all, use"
                        + " TenantContext.unscoped(\"the reason\").";
            case DDLQuery ddl -> "Run it in a migration, or in TenantContext.unscoped(\"the reason\").";
            default -> "Write it with jOOQ's DSL. " + Refusals.RLS_ONLY;
        };
    }

    /** Whether two lists hold the same objects; tables are equal by name. */
    @SuppressWarnings("ReferenceEquality")
    static boolean same(List<? extends Table<?>> left, List<? extends Table<?>> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i) != right.get(i)) {
                return false;
            }
        }
        return true;
    }
}
