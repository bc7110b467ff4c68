package dev.boundary.cli.sql;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads SQL from its start, as PostgreSQL does with {@code standard_conforming_strings} on. For one thread. */
final class SqlScanner {

    private static final Pattern DOLLAR_TAG = Pattern.compile("\\$(?:[A-Za-z_[^\\x00-\\x7f]][\\w[^\\x00-\\x7f]]*)?\\$");
    private static final int FIRST_BEYOND_ASCII = 0x80;

    private final String text;
    private int position;
    private int line = 1;

    SqlScanner(String text) {
        this.text = text;
    }

    /** How many characters were read. */
    int position() {
        return position;
    }

    /** The line of the next character, from 1. */
    int line() {
        return line;
    }

    boolean isAtEnd() {
        return position >= text.length();
    }

    /** Goes behind the next semicolon that ends a statement, or to the end; whether there was one. */
    boolean skipStatement() {
        int depth = 0;
        while (!isAtEnd()) {
            char c = text.charAt(position);
            if (c == ';' && depth == 0) {
                step();
                return true;
            }
            depth = Math.max(0, depth + nesting(c));
            skipToken();
        }
        return false;
    }

    private static int nesting(char c) {
        return switch (c) {
            case '(' -> 1;
            case ')' -> -1;
            default -> 0;
        };
    }

    /** Goes behind spaces and comments. */
    void skipBlank() {
        while (!isAtEnd() && (Character.isWhitespace(text.charAt(position)) || startsWith("--") || startsWith("/*"))) {
            skipToken();
        }
    }

    /** Reads a keyword or an unquoted identifier; empty if the text goes on with something else. */
    String word() {
        int start = position;
        while (!isAtEnd() && isWordPart(text.charAt(position))) {
            step();
        }
        return text.substring(start, position).toUpperCase(Locale.ROOT);
    }

    /** Goes behind what is quoted, a comment, or a character. */
    private void skipToken() {
        if (startsWith("--")) {
            skipLineComment();
        } else if (startsWith("/*")) {
            skipBlockComment();
        } else {
            skipQuotedOrCharacter();
        }
    }

    private void skipQuotedOrCharacter() {
        switch (text.charAt(position)) {
            case '\'' -> skipQuoted('\'', isEscapeString());
            case '"' -> skipQuoted('"', false);
            case '$' -> skipDollarQuoted();
            default -> step();
        }
    }

    /** {@code E'...'}: the E is a separate word. */
    private boolean isEscapeString() {
        int e = position - 1;
        return e >= 0
                && (text.charAt(e) == 'e' || text.charAt(e) == 'E')
                && (e == 0 || !isWordPart(text.charAt(e - 1)));
    }

    private void skipQuoted(char quote, boolean backslashes) {
        String doubled = String.valueOf(quote).repeat(2);
        step();
        while (!isAtEnd() && (text.charAt(position) != quote || startsWith(doubled))) {
            boolean pair = startsWith(doubled) || (backslashes && text.charAt(position) == '\\');
            stepTo(position + (pair ? 2 : 1));
        }
        stepTo(position + 1);
    }

    /** {@code $1} and {@code a$b$} begin none. */
    private void skipDollarQuoted() {
        Matcher tag = DOLLAR_TAG.matcher(text).region(position, text.length());
        boolean insideWord = position > 0 && isWordPart(text.charAt(position - 1));
        if (insideWord || !tag.lookingAt()) {
            step();
            return;
        }
        int end = text.indexOf(tag.group(), tag.end());
        stepTo(end < 0 ? text.length() : end + tag.group().length());
    }

    private void skipLineComment() {
        while (!isAtEnd() && text.charAt(position) != '\n' && text.charAt(position) != '\r') {
            step();
        }
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            int change = startsWith("/*") ? 1 : startsWith("*/") ? -1 : 0;
            depth += change;
            stepTo(position + (change == 0 ? 1 : 2));
        } while (depth > 0 && !isAtEnd());
    }

    private boolean startsWith(String prefix) {
        return text.startsWith(prefix, position);
    }

    private void stepTo(int end) {
        while (position < Math.min(end, text.length())) {
            step();
        }
    }

    private void step() {
        if (text.charAt(position) == '\n') {
            line++;
        }
        position++;
    }

    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '$'
                || c >= FIRST_BEYOND_ASCII;
    }
}
