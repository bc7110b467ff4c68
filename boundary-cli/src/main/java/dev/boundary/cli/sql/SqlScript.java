package dev.boundary.cli.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A script, split at its semicolons as PostgreSQL reads it with {@code standard_conforming_strings} on. A semicolon in
 * quotes, dollar quotes, comments and parentheses ends nothing. Bodies of functions in {@code BEGIN ATOMIC} form are
 * not understood; such a function belongs in a migration. Immutable.
 *
 * @param statements those that end with a semicolon, without those that are only comments
 * @param rest what follows the last semicolon, as a statement without an end; blank if there is nothing but comments
 */
public record SqlScript(List<SqlStatement> statements, SqlStatement rest) {

    /** Copies the list. */
    public SqlScript {
        statements = List.copyOf(statements);
    }

    /**
     * Splits a script.
     *
     * @param text the script
     * @return its statements
     */
    public static SqlScript parse(String text) {
        SqlScanner scanner = new SqlScanner(text);
        List<SqlStatement> statements = new ArrayList<>();
        int start = 0;
        int line = 1;
        while (scanner.skipStatement()) {
            statements.add(new SqlStatement(text.substring(start, scanner.position() - 1), line));
            start = scanner.position();
            line = scanner.line();
        }
        statements.removeIf(SqlStatement::isBlank);
        return new SqlScript(statements, new SqlStatement(text.substring(start), line));
    }

    /**
     * All statements; the last semicolon may be left out.
     *
     * @return the statements, unmodifiable
     */
    public List<SqlStatement> all() {
        List<SqlStatement> all = new ArrayList<>(statements);
        if (!rest.isBlank()) {
            all.add(rest);
        }
        return List.copyOf(all);
    }
}
