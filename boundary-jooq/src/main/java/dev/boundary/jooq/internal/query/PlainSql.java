package dev.boundary.jooq.internal.query;

import java.util.List;
import java.util.Set;
import org.jooq.QueryPart;
import org.jooq.SQL;

/** Text that is put into a statement as it is. Nobody can say what it reads, so it is refused. */
final class PlainSql {

    /** What jOOQ itself writes this way. None of it can name a table or leave a parenthesis open. */
    private static final Set<String> JOOQ_OWN = Set.of(
            // operators
            "+",
            "-",
            "*",
            "/",
            "%",
            "||",
            "|",
            "&",
            "^",
            "#",
            "@",
            "$",
            "!",
            "?",
            "=",
            "<",
            ">",
            // templates and constants
            "{0}",
            "{0} => {1}",
            "null",
            "o",
            "0.0e0",
            "({select} 0)",
            "cast({0} as jsonpath)");

    private PlainSql() {}

    static void check(Rewriting rewriting, SQL sql) {
        if (!JOOQ_OWN.contains(sql.toString())) {
            rewriting
                    .refusals()
                    .refuse(
                            "plain SQL in a statement",
                            "Its text could read or change any table, and the query layer does not read SQL text.",
                            "Write it with jOOQ's DSL. " + Refusals.RLS_ONLY);
        }
    }

    /** Whether the innermost part that is not a list is a template, so that a table in it is not the name of a column's. */
    static boolean isArgument(List<QueryPart> ancestors) {
        for (int i = ancestors.size() - 1; i >= 0; i--) {
            QueryPart part = ancestors.get(i);
            if (part instanceof SQL) {
                return true;
            }
            if (part instanceof org.jooq.Field || part instanceof org.jooq.Query) {
                return false;
            }
        }
        return false;
    }
}
