package dev.boundary.examples.bookings.demo;

import dev.boundary.examples.bookings.demo.Attempt.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Every club's rows and the shared ones, as a superuser sees them: the truth by which attempts are judged. */
record Snapshot(Map<Row, Owned> rows) {

    /** Whose row it is (null: shared), and what is in it. */
    record Owned(@Nullable UUID owner, String content) {}

    private static final String OF_LINES =
            "select t.id, b.tenant_id, t::text from booking_line t join booking b on b.id = t.booking_id";

    static Snapshot of(DataSource superuser) {
        DSLContext db = DSL.using(superuser, SQLDialect.POSTGRES);
        Map<Row, Owned> rows = new HashMap<>();
        for (String table : new String[] {"court", "member", "booking", "template"}) {
            add(rows, table, db, "select t.id, t.tenant_id, t::text from " + table + " t");
        }
        add(rows, "booking_line", db, OF_LINES);
        return new Snapshot(Map.copyOf(rows));
    }

    private static void add(Map<Row, Owned> rows, String table, DSLContext db, String sql) {
        db.fetch(sql)
                .forEach(row -> rows.put(
                        new Row(table, row.get(0, Long.class)),
                        new Owned(row.get(1, UUID.class), row.get(2, String.class))));
    }

    /** Whether a row that was read belongs to another club; a row that is not there counts as another's. */
    boolean foreign(Row row, UUID club) {
        Owned owned = rows.get(row);
        return owned == null || (owned.owner() != null && !owned.owner().equals(club));
    }

    /** How many rows differ that the club may write. */
    long ownChanges(Snapshot after, UUID club) {
        return changes(after).filter(change -> change.own(club)).count();
    }

    /** How many rows differ that the club may not write: other clubs' and shared ones. */
    long foreignChanges(Snapshot after, UUID club) {
        return changes(after).filter(change -> !change.own(club)).count();
    }

    private Stream<Change> changes(Snapshot after) {
        return Stream.concat(rows.keySet().stream(), after.rows.keySet().stream())
                .distinct()
                .map(row -> new Change(Optional.ofNullable(rows.get(row)), Optional.ofNullable(after.rows.get(row))))
                .filter(change -> !change.before().equals(change.after()));
    }

    private record Change(Optional<Owned> before, Optional<Owned> after) {

        boolean own(UUID club) {
            return Stream.concat(before.stream(), after.stream()).allMatch(owned -> club.equals(owned.owner()));
        }
    }
}
