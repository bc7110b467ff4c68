package dev.boundary.examples.bookings.demo;

import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes every attempt under every protection, each on a database of its own, the protections at once. */
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

    List<Row> run(Progress progress) throws InterruptedException, ExecutionException {
        List<Row> rows = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Attempt attempt : attempts) {
                List<Future<Outcome>> outcomes = threads.invokeAll(protections.stream()
                        .<Callable<Outcome>>map(protection -> () -> outcome(attempt, protection))
                        .toList());
                Row row = new Row(attempt, new LinkedHashMap<>());
                for (int i = 0; i < protections.size(); i++) {
                    row.outcomes().put(protections.get(i), outcomes.get(i).get());
                }
                rows.add(row);
                progress.done(row);
            }
        }
        return rows;
    }

    private static Outcome outcome(Attempt attempt, Protection protection) throws SQLException {
        try (TestDatabase database = protection.rls() ? Databases.withRls() : Databases.withoutRls()) {
            return Trial.of(attempt, protection, database);
        }
    }
}
