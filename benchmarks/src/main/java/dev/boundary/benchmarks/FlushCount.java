package dev.boundary.benchmarks;

import dev.boundary.benchmarks.proxy.DelayProxy;
import dev.boundary.benchmarks.subject.Scenario;
import dev.boundary.benchmarks.subject.Subject;
import dev.boundary.benchmarks.subject.SubjectKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How often each subject waits for the server, seen by a proxy that counts and does not delay. */
final class FlushCount {

    /** Prepared statements are described, and named from the fifth time on: let that pass. */
    private static final int WARM_UP = 15;

    private static final int OPERATIONS = 20;

    private FlushCount() {}

    /** Flushes per statement of a subject, by scenario; without those that it refuses. */
    static Map<Scenario, Double> of(SubjectKind kind, Databases databases, DataSize size) throws Exception {
        Map<Scenario, Double> flushes = new EnumMap<>(Scenario.class);
        try (DelayProxy proxy = new DelayProxy(databases.server(), Duration.ZERO);
                Subject subject = kind.open(databases.through(proxy.address()))) {
            for (Scenario scenario : Scenario.values()) {
                if (subject.refuses(scenario, size.task(0))) {
                    continue;
                }
                perform(subject, scenario, size, WARM_UP);
                long before = proxy.flushes();
                perform(subject, scenario, size, OPERATIONS);
                double counted = proxy.flushes() - before;
                flushes.put(scenario, counted / OPERATIONS / scenario.statements());
            }
        }
        return flushes;
    }

    private static void perform(Subject subject, Scenario scenario, DataSize size, int operations) throws Exception {
        for (int i = 0; i < operations; i++) {
            subject.perform(scenario, size.task(i));
        }
    }
}
