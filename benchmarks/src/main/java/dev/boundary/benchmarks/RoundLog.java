package dev.boundary.benchmarks;

import dev.boundary.benchmarks.Contest.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rounds of one measuring JVM, on their way to the one that reports them: a file in a directory. */
final class RoundLog {

    /** System property with the directory. */
    static final String DIRECTORY = "boundary.benchmark.rounds";

    private final List<String> lines = new ArrayList<>();

    void add(List<Measurement> round) {
        StringBuilder line = new StringBuilder();
        for (Measurement measurement : round) {
            line.append(line.isEmpty() ? "" : ";")
                    .append(measurement.contestant())
                    .append(',')
                    .append(measurement.nanos())
                    .append(',')
                    .append(measurement.bytes());
        }
        lines.add(line.toString());
    }

    /** Writes them to a new file, unless nobody has asked for them. */
    void write(String contest) throws IOException {
        String directory = System.getProperty(DIRECTORY);
        if (directory != null && !lines.isEmpty()) {
            Files.write(Files.createTempFile(Path.of(directory), contest + "~", ".rounds"), lines);
        }
    }

    /** All rounds of a contest, of all measuring JVMs. */
    static List<List<Measurement>> read(Path directory, String contest) throws IOException {
        List<List<Measurement>> rounds = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith(contest + "~"))
                    .sorted()
                    .toList()) {
                Files.readAllLines(file).forEach(line -> rounds.add(round(line)));
            }
        }
        return rounds;
    }

    private static List<Measurement> round(String line) {
        return Stream.of(line.split(";", -1))
                .map(measurement -> measurement.split(",", -1))
                .map(parts -> new Measurement(parts[0], Double.parseDouble(parts[1]), Double.parseDouble(parts[2])))
                .toList();
    }
}
