package dev.boundary.tenants.internal.tables;

/** The characteristics of a transaction. */
public enum TransactionMode {
    /** Reads and writes; each statement sees what is committed before it. */
    READ_WRITE("isolation level read committed"),
    /** Reads and writes one state of the database. */
    REPEATABLE("isolation level repeatable read"),
    /** Only reads one state of the database. */
    SNAPSHOT("isolation level repeatable read read only");

    private final String sql;

    TransactionMode(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }
}
