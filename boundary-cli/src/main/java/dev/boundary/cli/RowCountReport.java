package dev.boundary.cli;

import dev.boundary.cli.text.Json;
import dev.boundary.cli.text.ProgressBar;
import dev.boundary.cli.text.SafeText;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.RowProgress;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Reports how many of a tenant's rows a command worked on, and its progress meanwhile. */
final class RowCountReport {

    @Option(names = "--json", description = "Write the result as one JSON object.")
    private boolean json;

    private final Map<String, @Nullable Object> facts = new LinkedHashMap<>();

    /** Adds a fact; it is written in the JSON only. */
    RowCountReport with(String name, @Nullable Object value) {
        facts.put(name, value);
        return this;
    }

    /** A bar where standard error is a terminal. */
    RowProgress.Listener progress(CliCommand command) {
        ProgressBar bar =
                new ProgressBar(command.err(), command.cliEnvironment().hasTerminalOnErr());
        return progress -> {
            long of = progress.of().orElse(0);
            bar.show(progress.rows(), of, progress.step() + " " + progress.table());
            if (progress.rows() >= of && of > 0) {
                bar.hide();
            }
        };
    }

    /** A sentence for people and its facts for programs. */
    void write(CliCommand command, String sentence, RowCounts rows) {
        PrintWriter out = command.out();
        if (json) {
            out.println(Json.of(facts(rows)));
        } else {
            rows.nonEmpty()
                    .byTable()
                    .forEach((table, count) -> out.println(SafeText.line("  " + table + ": " + count)));
            out.println(SafeText.line(sentence));
        }
        out.flush();
    }

    private Map<String, @Nullable Object> facts(RowCounts rows) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(facts);
        all.put("rows", rows.total());
        all.put("tables", rows.byTable());
        return all;
    }

    static String rows(RowCounts rows) {
        return rows.total()
                + (rows.total() == 1 ? " row of " : " rows of ")
                + tables(rows.nonEmpty().byTable().size());
    }

    private static String tables(int tables) {
        return tables + (tables == 1 ? " table" : " tables");
    }
}
