package dev.boundary.rls;

/** A PL/pgSQL block that runs at once, with only the catalog on the search path. */
final class PlpgsqlBlock {

    private PlpgsqlBlock() {}

    /**
     * PL/pgSQL, for use in a block: names resolve in the catalog. Elsewhere on the path somebody may have put an operator
     * that fits the operands better than the catalog's.
     */
    static final String PINNED = "perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);\n";

    /** PL/pgSQL, for use in a block: names resolve as the caller asked, for SQL that is the caller's. */
    static final String CALLERS = "perform pg_catalog.set_config('search_path', boundary_path, true);\n";

    /**
     * A block that PostgreSQL runs at once; {@code declarations} and {@code body} are PL/pgSQL, and see only the catalog
     * on the search path. A body that commits must pin the path again; one must not return early.
     */
    static String of(String declarations, String body) {
        String inner = declarations.isBlank()
                ? body.strip() + "\n"
                : "declare\n" + indent(declarations) + "begin\n" + indent(body) + "end;\n";
        String code = "declare\n  boundary_path pg_catalog.text := pg_catalog.current_setting('search_path');\nbegin\n"
                + indent(PINNED + inner + CALLERS) + "end\n";
        String tag = "$boundary$";
        for (int i = 1; code.contains(tag); i++) {
            tag = "$boundary_" + i + "$";
        }
        return "do " + tag + "\n" + code + tag;
    }

    private static String indent(String code) {
        return code.strip().indent(2);
    }
}
