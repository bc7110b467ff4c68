package dev.boundary.jooq.internal.session;

import dev.boundary.core.StatementRefusedException;

/**
 * What holds for one connection.
 *
 * @param missingScope what happens to plain JDBC outside any scope
 * @param managed whether it is the connection of Spring's transaction, which Spring alone ends
 */
record ConnectionRules(MissingScope missingScope, boolean managed) {

    /** The same, where statements outside any scope are sent with an empty tenant. */
    ConnectionRules withoutScope() {
        return new ConnectionRules(MissingScope.BIND_EMPTY, managed);
    }

    /** Refuses to end a transaction that somebody else manages. */
    void refuseIfManaged(String call) {
        if (managed) {
            throw new StatementRefusedException(
                    call + " in a transaction of Spring",
                    "Spring began the transaction, other work may be part of it, and Spring alone ends it.",
                    "Leave it to @Transactional or a TransactionTemplate. For jOOQ's db.transaction(...) set a"
                            + " TransactionProvider that asks Spring's transaction manager.");
        }
    }
}
