package dev.boundary.cli.sql;

import java.util.Locale;
import java.util.Set;

/**
 * One statement of a script.
 *
 * @param text the statement without its semicolon, with the comments and spaces before it
 * @param scriptLine the line of the script on which the text begins, from 1
 */
public record SqlStatement(String text, int scriptLine) {

    private static final Set<String> TRANSACTION_CONTROL =
            Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "PREPARE");

    /** Touches no row, and refuses to run in a transaction. */
    private static final String DISCARD = "DISCARD";

    private static final String PREPARE = "PREPARE";

    /**
     * Whether there is nothing to run.
     *
     * @return true for spaces and comments
     */
    public boolean isBlank() {
        return begin() == text.length();
    }

    /**
     * Where it begins, after comments.
     *
     * @return the line of the script, from 1
     */
    public int line() {
        return scriptLine
                + (int) text.substring(0, begin())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /**
     * The first word.
     *
     * @return the word in upper case; empty if it begins with something else
     */
    public String keyword() {
        return wordAt(begin());
    }

    /**
     * Whether it begins, ends or marks a transaction.
     *
     * @return true for BEGIN, COMMIT, ROLLBACK and the like, PREPARE TRANSACTION among them
     */
    public boolean isTransactionControl() {
        String keyword = keyword();
        return keyword.equals(PREPARE)
                ? "TRANSACTION".equals(wordAt(skipBlank(begin() + PREPARE.length())))
                : TRANSACTION_CONTROL.contains(keyword);
    }

    /**
     * Whether it reads and writes no rows, so that it needs no tenant.
     *
     * @return true for transaction control and DISCARD
     */
    boolean needsNoTenant() {
        return isTransactionControl() || keyword().equals(DISCARD);
    }

    private String wordAt(int start) {
        int end = start;
        while (end < text.length() && SqlWords.isWordPart(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end).toUpperCase(Locale.ROOT);
    }

    private int begin() {
        return skipBlank(0);
    }

    private int skipBlank(int start) {
        int position = start;
        while (position < text.length()) {
            if (Character.isWhitespace(text.charAt(position))) {
                position++;
            } else if (text.startsWith("--", position)) {
                position = endOfLine(position);
            } else if (text.startsWith("/*", position)) {
                position = endOfComment(position);
            } else {
                return position;
            }
        }
        return position;
    }

    private int endOfLine(int start) {
        int position = start;
        while (position < text.length() && text.charAt(position) != '\n' && text.charAt(position) != '\r') {
            position++;
        }
        return position;
    }

    private int endOfComment(int start) {
        int position = start + 2;
        for (int depth = 1; depth > 0 && position < text.length(); ) {
            if (text.startsWith("/*", position)) {
                depth++;
                position += 2;
            } else if (text.startsWith("*/", position)) {
                depth--;
                position += 2;
            } else {
                position++;
            }
        }
        return Math.min(position, text.length());
    }
}
