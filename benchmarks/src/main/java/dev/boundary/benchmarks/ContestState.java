package dev.boundary.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/** A contest that JMH drives: an iteration is a round. */
@State(Scope.Benchmark)
public abstract class ContestState {

    /** System property with the length of a block, in milliseconds. */
    static final String BLOCK = "boundary.benchmark.blockMillis";

    private final RoundLog log = new RoundLog();

    final void round(Contest contest, IterationParams iteration, Blackhole blackhole) throws Exception {
        if (iteration.getType() == IterationType.WARMUP) {
            contest.warmUp(blackhole);
        } else {
            log.add(contest.measure(blackhole));
        }
    }

    final void writeLog(String contest) throws IOException {
        log.write(contest);
    }

    static long blockNanos() {
        return Long.getLong(BLOCK, 10) * 1_000_000;
    }
}
