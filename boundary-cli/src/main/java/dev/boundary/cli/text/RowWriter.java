package dev.boundary.cli.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as they arrive. A table takes the widths of its columns from the first thousand rows and keeps them, so
 * that it needs little memory however many rows there are. Not safe for use by several threads.
 */
public final class RowWriter {

    private static final int ROWS_FOR_WIDTHS = 1000;
    private static final int WIDEST = 80;
    private static final String NULL = "";

    private final PrintWriter out;
    private final RowFormat format;
    private final List<String> columns;
    private final List<List<String>> waiting = new ArrayList<>();
    private int[] widths = {};
    private long rows;

    /**
     * Begins the output; CSV starts with the names.
     *
     * @param out receives the rows
     * @param format the form of a row
     * @param columns the names of the columns
     */
    public RowWriter(PrintWriter out, RowFormat format, List<String> columns) {
        this.out = out;
        this.format = format;
        this.columns = List.copyOf(columns);
        if (format == RowFormat.CSV) {
            out.println(Csv.row(columns));
        }
    }

    /**
     * Writes a row.
     *
     * @param values a value for each column
     */
    public void row(List<? extends @Nullable Object> values) {
        rows++;
        switch (format) {
            case JSON -> out.println(Json.of(object(values)));
            case CSV -> out.println(Csv.row(values));
            case TABLE -> cells(values.stream().map(RowWriter::cell).toList());
        }
    }

    /**
     * Writes the rows that were kept back, and flushes.
     *
     * @return how many rows there were
     */
    public long end() {
        if (format == RowFormat.TABLE && widths.length == 0) {
            begin();
        }
        out.flush();
        return rows;
    }

    private Map<String, @Nullable Object> object(List<? extends @Nullable Object> values) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            object.put(unused(object, columns.get(i)), values.get(i));
        }
        return object;
    }

    /** SQL allows two columns of one name; JSON readers would drop one of them. */
    private static String unused(Map<String, ?> object, String column) {
        String name = column;
        for (int i = 2; object.containsKey(name); i++) {
            name = column + "_" + i;
        }
        return name;
    }

    private static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> NULL;
            case Map<?, ?> map -> SafeText.line(Json.of(map));
            case Collection<?> list ->
                SafeText.line(
                        String.join(", ", list.stream().map(Objects::toString).toList()));
            default -> SafeText.line(value.toString());
        };
    }

    private void cells(List<String> row) {
        if (widths.length > 0) {
            print(row);
            return;
        }
        waiting.add(row);
        if (waiting.size() == ROWS_FOR_WIDTHS) {
            begin();
        }
    }

    private void begin() {
        List<String> names = columns.stream().map(SafeText::line).toList();
        widths = IntStream.range(0, names.size())
                .map(column -> Math.max(length(names.get(column)), Math.min(widest(column), WIDEST)))
                .toArray();
        print(names);
        print(Arrays.stream(widths).mapToObj("-"::repeat).toList());
        waiting.forEach(this::print);
        waiting.clear();
    }

    private int widest(int column) {
        return waiting.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private void print(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i));
            if (i < row.size() - 1) {
                line.repeat(' ', Math.max(0, widths[i] - length(row.get(i)))).append("  ");
            }
        }
        out.println(line.toString().stripTrailing());
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
