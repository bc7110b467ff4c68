package dev.boundary.jooq.internal.session;

import java.sql.Statement;

/** A statement that carries the scope in which it is executed. */
interface ScopedStatement extends Statement {

    /** What executes it. */
    StatementExecution execution();

    /** What closes it, and knows what it returned. */
    StatementCompletion completion();
}
