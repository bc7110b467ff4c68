package dev.boundary.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Results for people, as text. */
public final class ResultsTable {

    private ResultsTable() {}

    /** A block for each scenario on each network. */
    public static String of(List<Result> results) {
        StringBuilder text = new StringBuilder();
        String block = "";
        for (Result result : results) {
            String title = Titles.scenario(result.scenario()) + ", " + Titles.network(result.network());
            if (!title.equals(block)) {
                block = title;
                text.append(System.lineSeparator())
                        .append(title)
                        .append(System.lineSeparator())
                        .append(format("", "times base", "low - high", "flushes", "us", "kB"));
            }
            text.append(format(
                    Titles.subject(result.subject())
                            + (result.comparesWithItself() || result.flushesPerStatement() != null
                                    ? ""
                                    : " / " + result.base()),
                    number(result.ratioMedian(), 2),
                    number(result.ratioLow(), 2) + " - " + number(result.ratioHigh(), 2),
                    result.flushesPerStatement() == null ? "" : number(result.flushesPerStatement(), 2),
                    number(result.micros(), 1),
                    number(result.allocatedBytes() / 1000.0, 1)));
        }
        return text.toString();
    }

    /** Whether the targets are met, one line each; only for those that were measured. */
    public static List<String> targets(List<Result> results) {
        List<String> lines = new ArrayList<>();
        for (Result result : results) {
            if (result.subject().equals("boundary") && result.scenario().equals("read-row")) {
                double limit = result.network().equals("loopback") ? 1.15 : 1.03;
                lines.add(target(result, limit));
                boolean one = Objects.equals(result.flushesPerStatement(), 1.0);
                lines.add((one ? "met:    " : "MISSED: ") + name(result) + ": " + result.flushesPerStatement()
                        + " flushes per statement, target exactly 1");
            }
            if (result.subject().equals("query-layer") && result.base().equals("hand-written")) {
                lines.add(target(result, 1.3));
            }
        }
        return lines;
    }

    private static String target(Result result, double limit) {
        return (result.ratioMedian() <= limit ? "met:    " : "MISSED: ") + name(result) + ": "
                + number(result.ratioMedian(), 3) + " times " + result.base() + ", target at most " + limit;
    }

    private static String name(Result result) {
        return result.subject() + ", " + result.scenario() + ", " + Titles.network(result.network());
    }

    private static String format(Object... cells) {
        return String.format(Locale.ROOT, "  %-30s %12s   %-13s %9s %11s %9s%n", cells);
    }

    static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
