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
import org.jspecify.annotations.Nullable;

/** Makes every attempt under every protection, the protections at once. */
record Scenario(List<Attempt> attempts, List<Protection> protections) {

    /** What became of one attempt, by protection, in the protections' order. */
    record Row(Attempt attempt, Map<Protection, Outcome> outcomes) {

        static Row of(Attempt attempt, Protection protection, Outcome outcome) {
            return new Row(attempt, Map.of(protection, outcome));
        }
    }

    /** Receives each row when it is done. */
    @FunctionalInterface
    interface Progress {
        void done(Row row);
    }

    List<Row> run(Progress progress) throws InterruptedException, ExecutionException, SQLException {
        List<Target> targets = protections.stream().map(Target::new).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Row> rows = new ArrayList<>();
            for (Attempt attempt : attempts) {
                List<Future<Outcome>> outcomes = threads.invokeAll(targets.stream()
                        .<Callable<Outcome>>map(target -> () -> target.outcome(attempt))
                        .toList());
                Row row = new Row(attempt, new LinkedHashMap<>());
                for (int i = 0; i < protections.size(); i++) {
                    row.outcomes().put(protections.get(i), outcomes.get(i).get());
                }
                rows.add(row);
                progress.done(row);
            }
            return rows;
        } finally {
            for (Target target : targets) {
                target.close();
            }
        }
    }

    /** The database behind one protection: for each attempt one that none before has changed. */
    private static final class Target {

        private final Protection protection;
        private @Nullable TestDatabase database;
        private @Nullable Snapshot seeded;

        Target(Protection protection) {
            this.protection = protection;
        }

        Outcome outcome(Attempt attempt) throws SQLException {
            return Trial.of(attempt, protection, unchanged());
        }

        private TestDatabase unchanged() throws SQLException {
            TestDatabase last = database;
            if (last != null && Snapshot.of(last.superuser()).equals(seeded)) {
                return last;
            }
            close();
            TestDatabase fresh = protection.rls() ? Databases.withRls() : Databases.withoutRls();
            database = fresh;
            seeded = Snapshot.of(fresh.superuser());
            return fresh;
        }

        void close() throws SQLException {
            TestDatabase last = database;
            database = null;
            if (last != null) {
                last.close();
            }
        }
    }
}
