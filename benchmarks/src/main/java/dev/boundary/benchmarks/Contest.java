package dev.boundary.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.boundary.benchmarks.report.Ratio;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Measures contestants against each other: each round lets every one work for a block of operations, in random order,
 * so that what slows the machine down for a while slows all of them. Results are compared within a round only.
 *
 * <p>Used by one thread.
 */
final class Contest {

    private static final int MAX_OPERATIONS = 100_000;
    private static final int MIN_OPERATIONS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Contestant> contestants;
    private final long blockNanos;
    private final Random random;
    private int operations = MIN_OPERATIONS;
    private long next;

    /**
     * A contest.
     *
     * @param contestants who takes part, the one that the others are compared with first
     * @param blockNanos how long the first one's block lasts, about
     * @param seed decides the order in each round
     */
    Contest(List<Contestant> contestants, long blockNanos, long seed) {
        this.contestants = List.copyOf(contestants);
        this.blockNanos = blockNanos;
        this.random = new Random(seed);
    }

    /** A round that is not counted: warms up and finds out how many operations make a block. */
    void warmUp(Blackhole blackhole) throws Exception {
        Measurement first = measure(blackhole).getFirst();
        operations = Math.clamp(Math.round(blockNanos / first.nanos()), MIN_OPERATIONS, MAX_OPERATIONS);
    }

    /** A round. Returns a measurement of each contestant, in the order in which they were given. */
    List<Measurement> measure(Blackhole blackhole) throws Exception {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < contestants.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        Measurement[] measurements = new Measurement[contestants.size()];
        long start = next;
        for (int i : order) {
            next = start; // everyone does the same work
            measurements[i] = block(contestants.get(i), blackhole);
        }
        return List.of(measurements);
    }

    private Measurement block(Contestant contestant, Blackhole blackhole) throws Exception {
        // Fills the caches again that the one before has used, and is not counted.
        for (int i = 0; i < Math.max(2, operations / 10); i++) {
            blackhole.consume(contestant.work().perform(next++));
        }
        double[] nanos = new double[operations];
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < operations; i++) {
            long start = System.nanoTime();
            blackhole.consume(contestant.work().perform(next++));
            nanos[i] = System.nanoTime() - start;
        }
        double allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        return new Measurement(contestant.name(), Ratio.median(nanos), allocated / operations);
    }

    /** Something to do. */
    @FunctionalInterface
    interface Work {
        /** Does the i-th piece. */
        Object perform(long i) throws Exception;
    }

    /** Who takes part. */
    record Contestant(String name, Work work) {}

    /** What one operation took, in the middle of its block, and allocated, on average over it. */
    record Measurement(String contestant, double nanos, double bytes) {}
}
