package dev.boundary.jooq.oracle;

import dev.boundary.jooq.oracle.Oracle.Case;
import dev.boundary.jooq.oracle.Oracle.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jooq.DSLContext;

/** Some of the statement shapes, each written once by hand, under the rows of the guide's table that tell of them. */
abstract class ShapeGroup {

    /** What the query layer does. */
    enum Treatment {
        REWRITTEN("rewritten"),
        /** Sent as it is, for no tenant has anything in it. */
        UNTOUCHED("sent as it is"),
        REFUSED("refused");

        final String text;

        Treatment(String text) {
            this.text = text;
        }
    }

    /** A row of the guide's table; its first case is the example. */
    record Row(String shapes, Treatment treatment, String how, List<Case> cases) {}

    final List<Row> rows = new ArrayList<>();

    void rewritten(String shapes, String how) {
        rows.add(new Row(shapes, Treatment.REWRITTEN, how, new ArrayList<>()));
    }

    void untouched(String shapes, String how) {
        rows.add(new Row(shapes, Treatment.UNTOUCHED, how, new ArrayList<>()));
    }

    void refused(String shapes, String how) {
        rows.add(new Row(shapes, Treatment.REFUSED, how, new ArrayList<>()));
    }

    /** A statement of the last row: a query, which is executed, or what came of calls. */
    void shape(String name, Function<DSLContext, Object> statement) {
        shape(name, (db, ids) -> statement.apply(db));
    }

    void shape(String name, BiFunction<DSLContext, Ids, Object> statement) {
        rows.getLast().cases().add(new Case(name, ids -> db -> statement.apply(db, ids)));
    }
}
