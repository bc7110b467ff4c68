package dev.boundary.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule has its page, and the page says what the rule says. */
class RulePagesTest {

    private static final Path ROOT = Path.of("..");

    static Stream<Rule> rules() {
        return Doctor.rules().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void thePageSaysWhatTheRuleSays(Rule rule) throws IOException {
        String page = Files.readString(ROOT.resolve(rule.page()));
        assertThat(rule.explanation()).as("the page in the jar").isEqualTo(page);
        assertThat(page)
                .startsWith("# " + rule.id() + " " + rule.title() + "\n")
                .contains("Severity: " + rule.severity().word() + "\n");
        assertThat(page.replace('\n', ' '))
                .contains(rule.why(), rule.remedy(), "## How to fix it", "## When to accept it", "## Sources");
        assertThat(Files.readString(ROOT.resolve("docs/rules/README.md")))
                .contains("| [" + rule.id() + "](" + rule.id() + ".md) | "
                        + rule.severity().word() + " | " + rule.title() + " |");
    }

    @Test
    void idsAreNumberedWithoutGaps() {
        assertThat(Doctor.rules())
                .extracting(Rule::id)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, Doctor.rules().size())
                                .mapToObj("BND-%03d"::formatted)
                                .toList());
    }
}
