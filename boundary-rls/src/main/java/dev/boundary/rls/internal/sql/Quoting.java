package dev.boundary.rls.internal.sql;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/** Writes names and values into SQL so that they stay names and values. */
public final class Quoting {

    /** PostgreSQL truncates longer identifiers without an error (manual, section 4.1.1), which makes another name. */
    public static final int MAX_IDENTIFIER_BYTES = 63;

    private Quoting() {}

    /**
     * Checks that a text can be an identifier.
     *
     * @param what what the name is for, as in "column"
     * @param name the name as the catalog has it
     * @throws IllegalArgumentException if it is blank, has a NUL character, or is longer than 63 bytes
     */
    public static void checkIdentifier(String what, String name) {
        if (name.isBlank()
                || name.indexOf('\0') >= 0
                || name.getBytes(StandardCharsets.UTF_8).length > MAX_IDENTIFIER_BYTES) {
            throw new IllegalArgumentException("\"" + name.replace('\0', '?') + "\" cannot be the name of a " + what
                    + ". Use 1 to " + MAX_IDENTIFIER_BYTES + " bytes, as the catalog has them, without quotes.");
        }
    }

    /**
     * Quotes an identifier.
     *
     * @param name the name as the catalog has it
     * @return the name in double quotes
     */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * Quotes identifiers.
     *
     * @param names the names as the catalog has them
     * @return the names in double quotes, separated by commas
     */
    public static String identifiers(Collection<String> names) {
        return names.stream().map(Quoting::identifier).collect(Collectors.joining(", "));
    }

    /**
     * Quotes a text, for statements that take no bind values.
     *
     * @param value any text
     * @return a literal that means the same whatever {@code standard_conforming_strings} is
     */
    public static String literal(String value) {
        String quoted = "'" + value.replace("'", "''") + "'";
        return value.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    /**
     * Quotes texts.
     *
     * @param values any texts
     * @return an array constructor of type {@code text[]}
     */
    public static String textArray(Collection<String> values) {
        return values.stream()
                .map(Quoting::literal)
                .collect(Collectors.joining(", ", "array[", "]::pg_catalog.text[]"));
    }
}
