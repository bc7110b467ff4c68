package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The guide shows the help of each command. This test writes it there if the system property {@code boundary.test.write} is
 * set, and compares otherwise.
 */
class CommandLinePageTest {

    static final Path PAGE = Path.of("..", "docs", "guides", "command-line.md");

    private static final Pattern USAGE = Pattern.compile("(?s)<!-- help: ([a-z-]+) -->\n```text\n(.*?)```\n");

    @Test
    void theGuideShowsTheHelpOfEveryCommand() throws IOException {
        String page = Files.readString(PAGE);
        Map<String, String> shown = new LinkedHashMap<>();
        String written = USAGE.matcher(page).replaceAll(match -> {
            shown.put(match.group(1), match.group(2));
            return Matcher.quoteReplacement(
                    "<!-- help: " + match.group(1) + " -->\n```text\n" + help(match.group(1)) + "```\n");
        });
        assertThat(shown.keySet()).containsExactlyInAnyOrderElementsOf(commands());
        if (System.getProperty("boundary.test.write") != null) {
            Files.writeString(PAGE, written);
        } else {
            assertThat(page)
                    .as("run with -Dboundary.test.write and look at the difference")
                    .isEqualTo(written);
        }
    }

    @Test
    void everyCommandHasADescriptionExitCodesAndExamples() {
        for (String name : commands()) {
            assertThat(help(name))
                    .as(name)
                    .contains("Usage: boundary " + name, "Exit codes:", "Examples:", "boundary " + name);
            command(name)
                    .getCommandSpec()
                    .options()
                    .forEach(option -> assertThat(option.description())
                            .as(name + " " + option.longestName())
                            .isNotEmpty());
        }
    }

    static List<String> commands() {
        return BoundaryCli.commandLine().getSubcommands().keySet().stream()
                .filter(name -> !name.equals("help"))
                .toList();
    }

    static CommandLine command(String name) {
        return Objects.requireNonNull(BoundaryCli.commandLine().getSubcommands().get(name), name);
    }

    private static String help(String name) {
        StringWriter text = new StringWriter();
        command(name).usage(new PrintWriter(text), Ansi.OFF);
        return text.toString().replaceAll("(?m) +$", "");
    }
}
