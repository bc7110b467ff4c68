package dev.boundary.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Places that break a rule still, a line each, in {@code src/test/resources/known}. A test fails on a place that is not on
 * the list, and on a line without its place, so the lists only get shorter. {@code -Dboundary.test.known} writes them.
 */
final class Known {

    private static final boolean WRITE = System.getProperty("boundary.test.known") != null;

    private Known() {}

    static void assertNoOther(String rule, Stream<String> places) {
        Path list = Path.of("src", "test", "resources", "known", rule + ".txt");
        List<String> found = places.sorted().toList();
        try {
            if (WRITE) {
                Files.write(list, found);
            }
            assertThat(found).as("places that break the rule " + rule).isEqualTo(Files.readAllLines(list));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
