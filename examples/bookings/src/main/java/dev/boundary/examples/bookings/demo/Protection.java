package dev.boundary.examples.bookings.demo;

import dev.boundary.examples.bookings.data.BookingSchema;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * A column of the demo: which layers stand between the attacker and the rows.
 *
 * @param title its name
 * @param rls whether the database has row-level security
 * @param queryLayer whether statements go through the query layer
 * @param context makes the attacker's jOOQ context
 */
record Protection(String title, boolean rls, boolean queryLayer, Context context) {

    /** Makes a context on the application's connections. */
    @FunctionalInterface
    interface Context {
        DSLContext on(DataSource pool);
    }

    static final Protection BOTH = new Protection("both layers", true, true, boundary(Layers.BOTH));
    static final Protection RLS_ALONE = new Protection("RLS alone", true, false, boundary(Layers.RLS_ONLY));
    static final Protection QUERY_LAYER_ALONE =
            new Protection("query layer alone", false, true, boundary(Layers.QUERY_ONLY));

    /** The control: what each attempt does where nothing stops it. */
    static final Protection NONE =
            new Protection("no layer", false, false, pool -> DSL.using(pool, SQLDialect.POSTGRES));

    static final List<Protection> ALL = List.of(BOTH, RLS_ALONE, QUERY_LAYER_ALONE, NONE);

    /** Whether this protection is meant to stop the attempt. */
    boolean shouldHold(Attempt attempt) {
        return rls || (queryLayer && attempt.seenByQueryLayer());
    }

    private static Context boundary(Layers layers) {
        return pool ->
                Boundary.builder(BookingSchema.TENANTS).layers(layers).build().dsl(pool);
    }
}
