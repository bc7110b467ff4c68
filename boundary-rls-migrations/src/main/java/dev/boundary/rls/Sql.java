package dev.boundary.rls;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/** Writes names and values into SQL so that they stay names and values. */
final class Sql {

    /** PostgreSQL cuts longer identifiers off without an error (manual, section 4.1.1); a cut name is another name. */
    private static final int MAX_IDENTIFIER_BYTES = 63;

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

    /** A block that PostgreSQL runs at once; {@code declarations} and {@code body} are PL/pgSQL. */
    static String block(String declarations, String body) {
        String code =
                (declarations.isBlank() ? "" : "declare\n" + indent(declarations)) + "begin\n" + indent(body) + "end\n";
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
