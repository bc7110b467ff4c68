package dev.boundary.cli.sql;

import java.util.Set;

/**
 * One statement of a script.
 *
 * @param text the statement without its semicolon, with the comments and spaces before it
 * @param scriptLine the line of the script on which the text begins, from 1
 */
public record SqlStatement(String text, int scriptLine) {

    private static final Set<String> TRANSACTION_CONTROL =
            Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE");

    /** Touches no row, and refuses to run in a transaction. */
    private static final String DISCARD = "DISCARD";

    /**
     * Whether there is nothing to run.
     *
     * @return true for spaces and comments
     */
    public boolean isBlank() {
        return afterComments().isAtEnd();
    }

    /**
     * Where it begins, after comments.
     *
     * @return the line of the script, from 1
     */
    public int line() {
        return scriptLine + afterComments().line() - 1;
    }

    /**
     * The first word.
     *
     * @return the word in upper case; empty if it begins with something else
     */
    public String keyword() {
        return afterComments().word();
    }

    /**
     * Whether it begins, ends or marks a transaction.
     *
     * @return true for BEGIN, COMMIT, ROLLBACK and the like, PREPARE TRANSACTION among them
     */
    public boolean isTransactionControl() {
        SqlScanner scanner = afterComments();
        String first = scanner.word();
        scanner.skipBlank();
        return TRANSACTION_CONTROL.contains(first)
                || (first.equals("PREPARE") && scanner.word().equals("TRANSACTION"));
    }

    /**
     * Whether it reads and writes no rows, so that it needs no tenant.
     *
     * @return true for transaction control and DISCARD
     */
    boolean needsNoTenant() {
        return isTransactionControl() || keyword().equals(DISCARD);
    }

    private SqlScanner afterComments() {
        SqlScanner scanner = new SqlScanner(text);
        scanner.skipBlank();
        return scanner;
    }
}
