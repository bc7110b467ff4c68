package dev.boundary.cli;

import dev.boundary.doctor.Doctor;
import dev.boundary.doctor.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the page of a rule. */
@Command(
        name = "explain",
        description = "Explains a rule of the doctor: why it matters, how to fix a finding, and when to accept it.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:there is no such rule"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary explain BND-021",
            "  boundary explain 21",
        })
final class ExplainCommand extends CliCommand {

    @Parameters(paramLabel = "RULE", description = "The rule's id, such as BND-021, or its number.")
    private String rule = "";

    @Override
    public Integer call() {
        print(find(rule).explanation());
        return ExitCode.OK;
    }

    private static Rule find(String text) {
        String id =
                text.matches("\\d{1,3}") ? "BND-%03d".formatted(Integer.parseInt(text)) : text.toUpperCase(Locale.ROOT);
        List<Rule> rules = Doctor.rules();
        return rules.stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no rule " + id + ". Did you mean "
                        + nearest(rules, id).id() + "? The rules are "
                        + rules.getFirst().id() + " to "
                        + rules.getLast().id() + "."));
    }

    private static Rule nearest(List<Rule> rules, String id) {
        return rules.stream()
                .min(Comparator.comparingInt(rule -> differences(rule.id(), id)))
                .orElseThrow();
    }

    /** How many characters differ, place by place. */
    private static int differences(String left, String right) {
        int common = Math.min(left.length(), right.length());
        int count = Math.max(left.length(), right.length()) - common;
        for (int i = 0; i < common; i++) {
            count += left.charAt(i) == right.charAt(i) ? 0 : 1;
        }
        return count;
    }
}
