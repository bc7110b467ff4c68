package dev.boundary.examples.bookings.demo;

import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Watches what is sent, to tell which layer filtered it: was the statement rewritten on its way? */
final class SentStatements implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    private boolean rewritten;

    @Override
    public void executeStart(ExecuteContext context) {
        Query query = context.query();
        String sql = context.sql();
        if (query != null && sql != null) {
            // The session layer puts its part in front; the query layer changes the statement itself.
            rewritten |= !sql.endsWith(DSL.using(SQLDialect.POSTGRES).render(query));
        }
    }

    boolean rewritten() {
        return rewritten;
    }
}
