package dev.boundary.cli.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a script apart at its semicolons, as PostgreSQL reads it with {@code standard_conforming_strings} on. A
 * semicolon in quotes, dollar quotes, comments and parentheses ends nothing. Bodies of functions in
 * {@code BEGIN ATOMIC} form are not understood; such a function is a matter for migrations.
 */
public final class SqlScript {

    /**
     * A script in parts.
     *
     * @param statements those that are ended by a semicolon
     * @param rest what follows the last semicolon, as a statement without an end; blank if there is nothing but
     *     comments
     */
    public record Parts(List<SqlStatement> statements, SqlStatement rest) {

        /** Copies the list. */
        public Parts {
            statements = List.copyOf(statements);
        }

        /**
         * All of it, where the last semicolon may be left out.
         *
         * @return the statements
         */
        public List<SqlStatement> all() {
            List<SqlStatement> all = new ArrayList<>(statements);
            if (!rest.isBlank()) {
                all.add(rest);
            }
            return all;
        }
    }

    private final String text;
    private int position;
    private int line = 1;

    private SqlScript(String text) {
        this.text = text;
    }

    /**
     * Takes a script apart.
     *
     * @param text the script
     * @return its statements, without those that are only comments
     */
    public static Parts parts(String text) {
        SqlScript script = new SqlScript(text);
        List<SqlStatement> statements = new ArrayList<>();
        while (true) {
            int start = script.position;
            int startLine = script.line;
            boolean ended = script.skipStatement();
            SqlStatement statement =
                    new SqlStatement(text.substring(start, ended ? script.position - 1 : script.position), startLine);
            if (!ended) {
                return new Parts(statements, statement);
            }
            if (!statement.isBlank()) {
                statements.add(statement);
            }
        }
    }

    /** Goes behind the next semicolon, or to the end; whether there was one. */
    private boolean skipStatement() {
        int depth = 0;
        while (position < text.length()) {
            char c = text.charAt(position);
            switch (c) {
                case ';' -> {
                    if (depth == 0) {
                        step();
                        return true;
                    }
                    step();
                }
                case '(' -> {
                    depth++;
                    step();
                }
                case ')' -> {
                    depth = Math.max(0, depth - 1);
                    step();
                }
                case '\'' -> skipQuoted('\'', isEscapeString());
                case '"' -> skipQuoted('"', false);
                case '$' -> skipDollar();
                case '-' -> skipLineComment();
                case '/' -> skipBlockComment();
                default -> step();
            }
        }
        return false;
    }

    private void step() {
        if (text.charAt(position) == '\n') {
            line++;
        }
        position++;
    }

    private void stepTo(int end) {
        while (position < Math.min(end, text.length())) {
            step();
        }
    }

    /** {@code E'...'}: the E is a word of its own. */
    private boolean isEscapeString() {
        int e = position - 1;
        return e >= 0
                && (text.charAt(e) == 'e' || text.charAt(e) == 'E')
                && (e == 0 || !SqlWords.isWordPart(text.charAt(e - 1)));
    }

    private void skipQuoted(char quote, boolean backslashes) {
        step();
        while (position < text.length()) {
            char c = text.charAt(position);
            if (backslashes && c == '\\') {
                stepTo(position + 2);
            } else if (c == quote && startsWith(String.valueOf(quote).repeat(2))) {
                stepTo(position + 2);
            } else {
                step();
                if (c == quote) {
                    return;
                }
            }
        }
    }

    private void skipDollar() {
        int end = tagEnd();
        if (end < 0) {
            step();
            return;
        }
        String tag = text.substring(position, end);
        int close = text.indexOf(tag, end);
        stepTo(close < 0 ? text.length() : close + tag.length());
    }

    /** Behind the second dollar of a tag that begins here, or -1: {@code $1} and {@code a$b$} are none. */
    private int tagEnd() {
        if (position > 0 && SqlWords.isWordPart(text.charAt(position - 1))) {
            return -1;
        }
        int end = position + 1;
        while (end < text.length() && text.charAt(end) != '$') {
            char c = text.charAt(end);
            boolean fits =
                    end == position + 1 ? SqlWords.isWordStart(c) : SqlWords.isWordStart(c) || (c >= '0' && c <= '9');
            if (!fits) {
                return -1;
            }
            end++;
        }
        return end < text.length() ? end + 1 : -1;
    }

    private void skipLineComment() {
        if (!startsWith("--")) {
            step();
            return;
        }
        int end = text.indexOf('\n', position);
        int carriageReturn = text.indexOf('\r', position);
        int first = end < 0 || (carriageReturn >= 0 && carriageReturn < end) ? carriageReturn : end;
        stepTo(first < 0 ? text.length() : first + 1);
    }

    private void skipBlockComment() {
        if (!startsWith("/*")) {
            step();
            return;
        }
        stepTo(position + 2);
        int depth = 1;
        while (position < text.length() && depth > 0) {
            if (startsWith("/*")) {
                depth++;
                stepTo(position + 2);
            } else if (startsWith("*/")) {
                depth--;
                stepTo(position + 2);
            } else {
                step();
            }
        }
    }

    private boolean startsWith(String prefix) {
        return text.startsWith(prefix, position);
    }
}
