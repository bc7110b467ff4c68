package dev.boundary.examples.bookings.demo;

import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes every attempt under every protection, each on a database of its own. */
record Scenario(List<Attempt> attempts, List<Protection> protections) {

    /** What became of one attempt, by protection, in the protections' order. */
    record Row(Attempt attempt, Map<Protection, Outcome> outcomes) {

        static Row of(Attempt attempt, Protection protection, Outcome outcome) {
            return new Row(attempt, Map.of(protection, outcome));
        }
    }

    /** Hears of each row when it is done. */
    @FunctionalInterface
    interface Progress {
        void done(Row row);
    }

    List<Row> run(Progress progress) throws SQLException {
        List<Row> rows = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Map<Protection, Outcome> outcomes = new LinkedHashMap<>();
            for (Protection protection : protections) {
                try (TestDatabase database = protection.rls() ? Databases.withRls() : Databases.withoutRls()) {
                    outcomes.put(protection, Trial.of(attempt, protection, database));
                }
            }
            Row row = new Row(attempt, outcomes);
            rows.add(row);
            progress.done(row);
        }
        return rows;
    }
}
