package dev.boundary.examples.bookings.demo;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/**
 * One way to reach another club's rows by mistake or on purpose.
 *
 * @param title what it is, in a few words
 * @param code what is run, as a reader would write it
 * @param scope whether the attacker's scope is open
 * @param seenByQueryLayer whether it goes through jOOQ; what does not, row-level security alone must stop
 * @param action what is run
 */
record Attempt(String title, String code, Scope scope, boolean seenByQueryLayer, Action action) {

    /** In which scope an attempt runs. */
    enum Scope {
        OWN,
        NONE
    }

    /** What is run. Says which rows it was given. */
    @FunctionalInterface
    interface Action {
        List<Row> run(DSLContext db, DataSource pool) throws SQLException;
    }

    /** A row that the attempt was given. */
    record Row(String table, long id) {}

    static Attempt inScope(String title, String code, Action action) {
        return new Attempt(title, code, Scope.OWN, true, action);
    }
}
