package dev.boundary.benchmarks;

import dev.boundary.benchmarks.Contest.Contestant;
import dev.boundary.benchmarks.subject.Address;
import dev.boundary.benchmarks.subject.Scenario;
import dev.boundary.benchmarks.subject.Subject;
import dev.boundary.benchmarks.subject.SubjectKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.IterationParams;

/** Subjects against each other in one scenario on one network. */
public class StatementRounds extends ContestState {

    /** System property with the file that says where the databases are. */
    static final String ADDRESS = "boundary.benchmark.address";

    /** System property with the file that says where they are without a network in between. */
    static final String WARM_UP_ADDRESS = "boundary.benchmark.warmUpAddress";

    /** System property with the time for warming up before the first round, in milliseconds. */
    static final String WARM_UP = "boundary.benchmark.warmUpMillis";

    /** What is done. */
    @Param
    public Scenario scenario = Scenario.READ_ROW;

    /** Names the network in results; the address decides which one it is. */
    @Param("loopback")
    public String network = "loopback";

    /** The subjects' ids, joined by plus signs (JMH splits at commas). */
    @Param("")
    public String subjects = "";

    private final List<Subject> open = new ArrayList<>();
    private @Nullable Contest contest;

    /** Lets the compiler see what will run, and opens the subjects. */
    @Setup
    public void open(Blackhole blackhole) throws Exception {
        // On loopback also for a slow network, where the same number of operations would take minutes.
        Contest warmUp = contest(Address.read(Path.of(System.getProperty(WARM_UP_ADDRESS))));
        long end = System.nanoTime() + Long.getLong(WARM_UP, 2_000) * 1_000_000;
        do {
            warmUp.warmUp(blackhole);
        } while (System.nanoTime() < end);
        closeSubjects();
        contest = contest(Address.read(Path.of(System.getProperty(ADDRESS))));
    }

    private Contest contest(Address address) throws Exception {
        List<Contestant> contestants = new ArrayList<>();
        for (SubjectKind kind : SubjectKind.values()) {
            if (List.of(subjects.split("\\+", -1)).contains(kind.id())) {
                Subject subject = kind.open(address);
                open.add(subject);
                if (!subject.refuses(scenario, DataSize.STANDARD.task(0))) {
                    contestants.add(
                            new Contestant(kind.id(), i -> subject.perform(scenario, DataSize.STANDARD.task(i))));
                }
            }
        }
        return new Contest(contestants, blockNanos(), ProcessHandle.current().pid());
    }

    /** One round. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    public void round(IterationParams iteration, Blackhole blackhole) throws Exception {
        if (contest != null) {
            round(contest, iteration, blackhole);
        }
    }

    /** Closes the subjects and keeps the rounds. */
    @TearDown
    public void close() throws IOException {
        closeSubjects();
        writeLog(contest(scenario, network));
    }

    private void closeSubjects() {
        open.forEach(Subject::close);
        open.clear();
    }

    static String contest(Scenario scenario, String network) {
        return "statement-" + scenario + "-" + network;
    }
}
