package dev.boundary.rls;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/** Writes names and values into SQL so that they stay names and values. */
final class Sql {

    /** PostgreSQL cuts longer identifiers off without an error (manual, section 4.1.1); a cut name is another name. */
    static final int MAX_IDENTIFIER_BYTES = 63;

    private Sql() {}

    static void checkIdentifier(String what, String name) {
        if (name.isBlank()
                || name.indexOf('\0') >= 0
                || name.getBytes(StandardCharsets.UTF_8).length > MAX_IDENTIFIER_BYTES) {
            throw new IllegalArgumentException("\"" + name.replace('\0', '?') + "\" cannot be the name of a " + what
                    + ". Use 1 to " + MAX_IDENTIFIER_BYTES + " bytes, as the catalog has them, without quotes.");
        }
    }

    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String identifiers(Collection<String> names) {
        return names.stream().map(Sql::identifier).collect(Collectors.joining(", "));
    }

    /** A literal that reads the same whatever {@code standard_conforming_strings} says. */
    static String literal(String value) {
        String quoted = "'" + value.replace("'", "''") + "'";
        return value.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    static String textArray(Collection<String> values) {
        return values.stream().map(Sql::literal).collect(Collectors.joining(", ", "array[", "]::pg_catalog.text[]"));
    }

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
    static String block(String declarations, String body) {
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
