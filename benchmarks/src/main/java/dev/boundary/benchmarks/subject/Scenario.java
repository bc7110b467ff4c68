package dev.boundary.benchmarks.subject;

import java.util.Locale;

/** What is done, the same by every subject. */
public enum Scenario {
    /** One row by primary key, in autocommit. */
    READ_ROW("single-row read by primary key", 1),
    /** Ten rows in the order of the key, in autocommit. */
    READ_RANGE("ten-row range", 1),
    /** A customer's bookings with the names of customer and resource, in autocommit: twenty rows. */
    READ_JOIN("three-table join", 1),
    /** One row with a foreign key, in autocommit or the shortest transaction the subject can. */
    INSERT("single insert", 1),
    /** A hundred such rows in one JDBC batch. */
    BATCH("batch of 100 inserts", 1),
    /** Read a row, read a range, update, insert, read again, commit. */
    TRANSACTION("transaction of five statements", 5);

    /** How many rows a {@link #BATCH} inserts. */
    public static final int BATCH_SIZE = 100;

    /** How many rows {@link #READ_RANGE} reads. */
    public static final int RANGE_SIZE = 10;

    private final String title;
    private final int statements;

    Scenario(String title, int statements) {
        this.title = title;
        this.statements = statements;
    }

    /** What a reader is told. */
    public String title() {
        return title;
    }

    /** The name in results and on the command line: {@code read-row}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How many statements it is; a batch is one. */
    public int statements() {
        return statements;
    }
}
