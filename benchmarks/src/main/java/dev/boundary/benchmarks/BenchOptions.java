package dev.boundary.benchmarks;

import dev.boundary.benchmarks.subject.Scenario;
import dev.boundary.benchmarks.subject.SubjectKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is asked for on the command line.
 *
 * @param effort how long
 * @param scenarios which; none to measure rendering only
 * @param subjects which, the base among them
 * @param networks which
 * @param rendering whether rendering is measured too
 * @param output the directory for results
 */
record BenchOptions(
        Effort effort,
        List<Scenario> scenarios,
        List<SubjectKind> subjects,
        List<Network> networks,
        boolean rendering,
        Path output) {

    static final String USAGE = """
            ./bench [--quick] [--scenarios a,b] [--subjects a,b] [--networks a,b] [--no-rendering] [--output DIR]

              --quick         under five minutes instead of about half an hour
              --scenarios     of %s; default all, none: rendering only
              --subjects      of %s; default all
              --networks      of %s; default all
              --no-rendering  leaves the rendering benchmark out
              --output        where results.json and results.svg go; default docs/benchmarks, and
                              benchmarks/target if anything is left out
            """.formatted(ids(scenarioIds()), ids(subjectIds()), ids(networkIds()));

    /** How long is measured. */
    enum Effort {
        /** Enough to see what is wrong. */
        QUICK(1, 3_000, 80, 4),
        /** Enough to publish. */
        FULL(3, 10_000, 200, 5);

        final int forks;
        final int warmUpMillis;
        final int rounds;
        final int blockMillis;

        Effort(int forks, int warmUpMillis, int rounds, int blockMillis) {
            this.forks = forks;
            this.warmUpMillis = warmUpMillis;
            this.rounds = rounds;
            this.blockMillis = blockMillis;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it asks for what there is not; the message says so
     */
    static BenchOptions parse(String... arguments) {
        Effort effort = Effort.FULL;
        List<Scenario> scenarios = List.of(Scenario.values());
        List<SubjectKind> subjects = List.of(SubjectKind.values());
        List<Network> networks = List.of(Network.values());
        boolean rendering = true;
        String output = "";
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            switch (argument) {
                case "--quick" -> effort = Effort.QUICK;
                case "--no-rendering" -> rendering = false;
                case "--scenarios" -> scenarios = chosen(value(arguments, ++i), scenarios, Scenario::id);
                case "--subjects" -> subjects = withBase(chosen(value(arguments, ++i), subjects, SubjectKind::id));
                case "--networks" -> networks = chosen(value(arguments, ++i), networks, Network::id);
                case "--output" -> output = value(arguments, ++i);
                default -> throw new IllegalArgumentException("Unknown option " + argument + ".");
            }
        }
        boolean complete = rendering
                && scenarios.size() == Scenario.values().length
                && subjects.size() == SubjectKind.values().length
                && networks.size() == Network.values().length;
        String usual = complete ? "docs/benchmarks" : "benchmarks/target";
        return new BenchOptions(
                effort, scenarios, subjects, networks, rendering, Path.of(output.isEmpty() ? usual : output));
    }

    private static String value(String[] arguments, int i) {
        if (i >= arguments.length) {
            throw new IllegalArgumentException("The option " + arguments[i - 1] + " needs a value.");
        }
        return arguments[i];
    }

    private static <T> List<T> chosen(String list, List<T> all, Function<T, String> id) {
        if ("none".equals(list)) {
            return List.of();
        }
        Set<String> names = Arrays.stream(list.split(",", -1)).collect(Collectors.toSet());
        List<T> chosen =
                all.stream().filter(one -> names.contains(id.apply(one))).toList();
        if (chosen.size() != names.size()) {
            throw new IllegalArgumentException("\"" + list + "\" names something that is not one of "
                    + ids(all.stream().map(id)) + ".");
        }
        return chosen;
    }

    private static List<SubjectKind> withBase(List<SubjectKind> subjects) {
        return Stream.concat(Stream.of(SubjectKind.JOOQ), subjects.stream())
                .distinct()
                .toList();
    }

    private static Stream<String> scenarioIds() {
        return Arrays.stream(Scenario.values()).map(Scenario::id);
    }

    private static Stream<String> subjectIds() {
        return Arrays.stream(SubjectKind.values()).map(SubjectKind::id);
    }

    private static Stream<String> networkIds() {
        return Arrays.stream(Network.values()).map(Network::id);
    }

    private static String ids(Stream<String> ids) {
        return ids.collect(Collectors.joining(", "));
    }
}
