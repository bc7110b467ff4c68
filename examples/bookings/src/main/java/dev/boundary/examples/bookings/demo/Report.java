package dev.boundary.examples.bookings.demo;

import dev.boundary.examples.bookings.demo.Outcome.Kind;
import dev.boundary.examples.bookings.demo.Paper.Colour;
import dev.boundary.examples.bookings.demo.Scenario.Row;
import java.util.List;

/** Prints what became of the attempts. */
final class Report {

    private static final int TITLE = 25;
    private static final int CELL = 26;

    private final Paper paper;
    private int number;

    Report(Paper paper) {
        this.paper = paper;
    }

    /** One attempt, with what happened under each protection. */
    void row(Row row) {
        paper.heading("  " + ++number + ". " + row.attempt().title());
        paper.line("     " + paper.in(Colour.GREY, row.attempt().code()));
        row.outcomes()
                .forEach((protection, outcome) -> paper.line("     "
                        + Paper.padded(protection.title(), 19)
                        + coloured(outcome, Paper.padded(outcome.summary(), CELL))
                        + outcome.detail()));
    }

    /** All attempts by all protections. */
    void table(List<Row> rows) {
        List<Protection> protections = List.copyOf(rows.getFirst().outcomes().keySet());
        StringBuilder head = new StringBuilder(Paper.padded("", TITLE));
        protections.forEach(protection -> head.append(Paper.padded(protection.title(), CELL)));
        paper.line("  " + paper.in(Colour.BOLD, head.toString().stripTrailing()));
        for (Row row : rows) {
            StringBuilder line =
                    new StringBuilder("  " + Paper.padded(row.attempt().title(), TITLE));
            for (Protection protection : protections) {
                Outcome outcome = row.outcomes().get(protection);
                if (outcome != null) {
                    line.append(coloured(outcome, Paper.padded(word(outcome), CELL)));
                }
            }
            paper.line(line.toString());
        }
    }

    /** Whether all is as it should be, in words. */
    boolean verdict(List<Row> rows) {
        long wrong = rows.stream()
                .flatMap(row -> row.outcomes().values().stream())
                .filter(outcome -> !outcome.expected())
                .count();
        boolean good = wrong == 0;
        paper.line("");
        paper.line(
                good
                        ? paper.in(Colour.GREEN, "  Every layer held all it should, alone and together.")
                                + " Without a layer every attempt got through."
                        : paper.in(Colour.RED, "  " + wrong + " outcomes are not as they should be: marked with !"));
        if (good && rows.stream().anyMatch(row -> !row.attempt().seenByQueryLayer())) {
            paper.line("  What goes past jOOQ the query layer cannot see: that is what row-level security is for.");
        }
        return good;
    }

    private static String word(Outcome outcome) {
        return (outcome.expected() ? "" : "! ") + outcome.summary();
    }

    private String coloured(Outcome outcome, String text) {
        if (!outcome.expected()) {
            return paper.in(Colour.RED, text);
        }
        return paper.in(outcome.kind() == Kind.THROUGH ? Colour.YELLOW : Colour.GREEN, text);
    }
}
