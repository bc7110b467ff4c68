package dev.boundary.cli;

import dev.boundary.cli.sql.StatementOutput;
import dev.boundary.cli.text.RowFormat;
import dev.boundary.cli.text.RowWriter;
import dev.boundary.cli.text.SafeText;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the rows of statements to standard output, and counts and notices to standard error. */
final class ConsoleOutput implements StatementOutput {

    private final PrintWriter out;
    private final PrintWriter err;
    private final RowFormat format;
    private @Nullable RowWriter rows;

    ConsoleOutput(PrintWriter out, PrintWriter err, RowFormat format) {
        this.out = out;
        this.err = err;
        this.format = format;
    }

    @Override
    public void columns(List<String> columns) {
        rows = new RowWriter(out, format, columns);
    }

    @Override
    public void row(List<? extends @Nullable Object> values) {
        if (rows != null) {
            rows.row(values);
        }
    }

    @Override
    public void end() {
        if (rows != null) {
            print(count(rows.end()));
        }
        rows = null;
    }

    @Override
    public void changed(String keyword, long changed) {
        print(
                switch (keyword) {
                    case "INSERT", "UPDATE", "DELETE", "MERGE" -> keyword + ": " + count(changed);
                    default -> keyword;
                });
    }

    @Override
    public void notice(String message) {
        err.println(SafeText.lines(message));
        err.flush();
    }

    private void print(String text) {
        err.println(SafeText.line(text));
        err.flush();
    }

    private static String count(long rows) {
        return rows + (rows == 1 ? " row" : " rows");
    }
}
