package dev.boundary.benchmarks;

import dev.boundary.benchmarks.Contest.Measurement;
import dev.boundary.benchmarks.proxy.DelayProxy;
import dev.boundary.benchmarks.report.Circumstances;
import dev.boundary.benchmarks.report.Ratio;
import dev.boundary.benchmarks.report.Result;
import dev.boundary.benchmarks.report.ResultsChart;
import dev.boundary.benchmarks.report.ResultsJson;
import dev.boundary.benchmarks.report.ResultsTable;
import dev.boundary.benchmarks.subject.Address;
import dev.boundary.benchmarks.subject.Scenario;
import dev.boundary.benchmarks.subject.SubjectKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The command {@code ./bench}: measures, prints a table and writes results. */
public final class Bench {

    private final BenchOptions options;
    private final Path work;
    private final List<Result> results = new ArrayList<>();

    private Bench(BenchOptions options, Path work) {
        this.options = options;
        this.work = work;
    }

    /** Runs it. */
    public static void main(String... arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            say(BenchOptions.USAGE);
            return;
        }
        BenchOptions options;
        try {
            options = BenchOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + System.lineSeparator() + BenchOptions.USAGE);
            System.exit(2);
            return;
        }
        Instant start = Instant.now();
        new Bench(options, Files.createTempDirectory("boundary-benchmark")).run();
        say("Took " + Duration.between(start, Instant.now()).toSeconds() + " s.");
    }

    private void run() throws Exception {
        say("Filling two databases");
        try (Databases databases = Databases.create(DataSize.STANDARD)) {
            Circumstances circumstances = Circumstances.here(options.effort().id(), databases.version());
            say("Counting flushes");
            Map<SubjectKind, Map<Scenario, Double>> flushes = new EnumMap<>(SubjectKind.class);
            for (SubjectKind kind : options.subjects()) {
                flushes.put(kind, FlushCount.of(kind, databases, DataSize.STANDARD));
            }
            for (Network network : options.networks()) {
                measure(network, databases, flushes, circumstances);
            }
            if (options.rendering()) {
                measureRendering(circumstances);
            }
        }
        report();
    }

    private void measure(
            Network network,
            Databases databases,
            Map<SubjectKind, Map<Scenario, Double>> flushes,
            Circumstances circumstances)
            throws Exception {
        try (DelayProxy proxy = new DelayProxy(databases.server(), network.delay())) {
            Path direct = databases.direct().write();
            Address address = network == Network.LOOPBACK ? databases.direct() : databases.through(proxy.address());
            Path file = address.write();
            for (Scenario scenario : options.scenarios()) {
                say("Measuring: " + scenario.title() + ", " + network.title());
                run(jmh(
                                StatementRounds.class,
                                3,
                                "-D" + StatementRounds.ADDRESS + "=" + file,
                                "-D" + StatementRounds.WARM_UP_ADDRESS + "=" + direct,
                                "-D" + StatementRounds.WARM_UP + "=" + options.effort().warmUpMillis)
                        .param("scenario", scenario.name())
                        .param("network", network.id())
                        .param(
                                "subjects",
                                options.subjects().stream().map(SubjectKind::id).collect(Collectors.joining("+"))));
                List<List<Measurement>> rounds = RoundLog.read(work, StatementRounds.contest(scenario, network.id()));
                options.subjects().stream()
                        .filter(kind -> !flushes.getOrDefault(kind, Map.of()).containsKey(scenario))
                        .forEach(kind -> say("  refused by: " + kind.title()));
                for (Measurement measurement : rounds.getFirst()) {
                    SubjectKind kind = kind(measurement.contestant());
                    Double flushed = flushes.getOrDefault(kind, Map.of()).get(scenario);
                    add(rounds, scenario.id(), network.id(), kind.id(), SubjectKind.JOOQ.id(), flushed, circumstances);
                }
            }
            Files.delete(direct);
            Files.delete(file);
        }
    }

    private void measureRendering(Circumstances circumstances) throws Exception {
        for (int tables : List.of(1, 3, 8)) {
            for (int schemaTables : List.of(10, 1000)) {
                say("Measuring: rendering of " + tables + " tables, schema of " + schemaTables);
                run(jmh(RenderingRounds.class, 150)
                        .param("tables", Integer.toString(tables))
                        .param("schemaTables", Integer.toString(schemaTables)));
                List<List<Measurement>> rounds = RoundLog.read(work, RenderingRounds.contest(tables, schemaTables));
                String scenario = "render-" + tables + "-of-" + schemaTables;
                String written = RenderingRounds.HAND_WRITTEN;
                String layer = RenderingRounds.QUERY_LAYER;
                add(rounds, scenario, "none", written, written, null, circumstances);
                add(rounds, scenario, "none", RenderingRounds.EMPTY_LISTENER, written, null, circumstances);
                add(rounds, scenario, "none", layer, written, null, circumstances);
                add(rounds, scenario, "none", layer, RenderingRounds.BARE, null, circumstances);
                add(rounds, scenario, "none", layer, RenderingRounds.EMPTY_LISTENER, null, circumstances);
            }
        }
    }

    private ChainedOptionsBuilder jmh(Class<?> benchmark, int warmUpRounds, String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xms1g",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.jooq.no-logo=true",
                "-Dorg.jooq.no-tips=true",
                "-D" + RoundLog.DIRECTORY + "=" + work,
                "-D" + ContestState.BLOCK + "=" + options.effort().blockMillis));
        arguments.addAll(List.of(properties));
        return new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                .forks(options.effort().forks)
                .warmupIterations(warmUpRounds)
                .measurementIterations(options.effort().rounds)
                .timeout(TimeValue.minutes(5))
                .shouldFailOnError(true)
                .jvmArgs(arguments.toArray(String[]::new));
    }

    private void run(ChainedOptionsBuilder builder) throws IOException, RunnerException {
        Path log = Files.createTempFile(work, "jmh", ".log");
        try {
            new Runner(builder.output(log.toString()).build()).run();
        } catch (RunnerException e) {
            throw new RunnerException("The benchmark failed; JMH's log is " + log, e);
        }
    }

    private void add(
            List<List<Measurement>> rounds,
            String scenario,
            String network,
            String subject,
            String base,
            @Nullable Double flushes,
            Circumstances circumstances) {
        Ratio ratio = Ratio.over(rounds.stream()
                .mapToDouble(
                        round -> of(subject, round).nanos() / of(base, round).nanos())
                .toArray());
        results.add(new Result(
                scenario,
                subject,
                network,
                base,
                rounded(ratio.median(), 4),
                rounded(ratio.low(), 4),
                rounded(ratio.high(), 4),
                flushes,
                rounded(median(rounds, subject, Measurement::nanos) / 1000, 3),
                Math.round(median(rounds, subject, Measurement::bytes)),
                rounds.size(),
                circumstances));
    }

    private static double median(List<List<Measurement>> rounds, String subject, ToDoubleFunction<Measurement> value) {
        return Ratio.median(rounds.stream()
                .mapToDouble(round -> value.applyAsDouble(of(subject, round)))
                .toArray());
    }

    private static Measurement of(String subject, List<Measurement> round) {
        OptionalInt index = IntStream.range(0, round.size())
                .filter(i -> round.get(i).contestant().equals(subject))
                .findFirst();
        return round.get(index.orElseThrow());
    }

    private static SubjectKind kind(String id) {
        for (SubjectKind kind : SubjectKind.values()) {
            if (kind.id().equals(id)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(id);
    }

    private static double rounded(double value, int digits) {
        double unit = Math.pow(10, digits);
        return Math.round(value * unit) / unit;
    }

    private void report() throws IOException {
        Files.createDirectories(options.output());
        ResultsJson.write(results, options.output().resolve("results.json"));
        ResultsChart.write(results, options.output().resolve("results.svg"));
        say(ResultsTable.of(results));
        ResultsTable.targets(results).forEach(Bench::say);
        say("Written: " + options.output().resolve("results.json") + " and results.svg");
    }

    @SuppressWarnings("SystemOut") // a command line program
    private static void say(String text) {
        System.out.println(text);
    }
}
