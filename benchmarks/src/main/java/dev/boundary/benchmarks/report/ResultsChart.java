package dev.boundary.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Results as a picture: a bar for each subject, a group for each scenario, a column for each network. */
public final class ResultsChart {

    private static final int LABELS = 230;
    private static final int COLUMN = 400;
    private static final int GAP = 40;
    private static final int TOP = 64;
    private static final int BAR = 17;
    private static final int GROUP_TITLE = 26;
    private static final double LIMIT = 4; // times the base; longer bars are cut and say so

    private final List<Result> results;
    private final List<String> networks;
    private final StringBuilder svg = new StringBuilder();

    private ResultsChart(List<Result> results) {
        this.results = results.stream()
                .filter(result -> result.flushesPerStatement() != null)
                .toList();
        this.networks = this.results.stream().map(Result::network).distinct().toList();
    }

    /** Writes it, leaving out rendering. */
    public static void write(List<Result> results, Path file) throws IOException {
        Files.writeString(file, new ResultsChart(results).draw());
    }

    private String draw() {
        List<String> scenarios =
                results.stream().map(Result::scenario).distinct().toList();
        int y = TOP;
        for (String scenario : scenarios) {
            y = group(scenario, y);
        }
        int width = LABELS + networks.size() * COLUMN + 20;
        List<String> head = new ArrayList<>(List.of(
                ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\""
                                + " font-family=\"system-ui, sans-serif\" font-size=\"12\" role=\"img\">")
                        .formatted(width, y + 40),
                "<title>Time as a multiple of hand-written jOOQ without row-level security</title>",
                "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>",
                text(10, 22, "Time as a multiple of hand-written jOOQ without row-level security", "15", "#111111")));
        for (int i = 0; i < networks.size(); i++) {
            head.add(text(left(i), 46, Titles.network(networks.get(i)), "13", "#111111"));
            for (int ratio = 1; ratio <= LIMIT; ratio++) {
                int x = x(i, ratio);
                head.add("<line x1=\"%1$d\" y1=\"%2$d\" x2=\"%1$d\" y2=\"%3$d\" stroke=\"%4$s\"/>"
                        .formatted(x, TOP - 8, y, ratio == 1 ? "#888888" : "#e4e4e4"));
                head.add(text(x - 4, y + 16, ratio + "×", "11", "#555555"));
            }
        }
        return String.join("\n", head) + "\n" + svg + "</svg>\n";
    }

    private int group(String scenario, int top) {
        svg.append(text(10, top + 16, Titles.scenario(scenario), "13", "#111111"))
                .append('\n');
        int y = top + GROUP_TITLE;
        List<String> subjects = results.stream()
                .filter(result -> result.scenario().equals(scenario) && !result.comparesWithItself())
                .map(Result::subject)
                .distinct()
                .toList();
        for (String subject : subjects) {
            svg.append(text(22, y + 12, Titles.subject(subject), "12", "#333333"))
                    .append('\n');
            for (Result result : results) {
                if (result.scenario().equals(scenario) && result.subject().equals(subject)) {
                    bar(result, networks.indexOf(result.network()), y);
                }
            }
            y += BAR;
        }
        return y + 8;
    }

    private void bar(Result result, int column, int y) {
        int end = x(column, result.ratioMedian());
        String colour = result.subject().startsWith("boundary") ? "#2563a8" : "#b8bec6";
        svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n"
                .formatted(left(column), y + 2, end - left(column), BAR - 5, colour));
        svg.append("<line x1=\"%d\" y1=\"%3$d\" x2=\"%d\" y2=\"%3$d\" stroke=\"#111111\"/>%n"
                .formatted(x(column, result.ratioLow()), x(column, result.ratioHigh()), y + BAR / 2));
        svg.append(text(
                        Math.max(end, x(column, result.ratioHigh())) + 5,
                        y + 12,
                        ResultsTable.number(result.ratioMedian(), 2) + (result.ratioMedian() > LIMIT ? " →" : ""),
                        "11",
                        "#333333"))
                .append('\n');
    }

    private static int left(int column) {
        return LABELS + column * COLUMN;
    }

    private static int x(int column, double ratio) {
        return left(column) + (int) Math.round(Math.min(ratio, LIMIT) / LIMIT * (COLUMN - GAP - 30));
    }

    private static String text(int x, int y, String text, String size, String colour) {
        return "<text x=\"%d\" y=\"%d\" font-size=\"%s\" fill=\"%s\">%s</text>"
                .formatted(x, y, size, colour, text.replace("&", "&amp;").replace("<", "&lt;"));
    }
}
