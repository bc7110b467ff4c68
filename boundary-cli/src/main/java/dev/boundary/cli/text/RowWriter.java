package dev.boundary.cli.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as they come. A table looks at the first thousand rows for the widths of its columns and then goes on
 * with those, so that it needs little memory however many rows there are. Not for use by several threads.
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
     * Begins to write.
     *
     * @param out where to
     * @param format how
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
     * Writes what is left.
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
        widths = new int[names.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            int widest = waiting.stream()
                    .mapToInt(row -> length(row.get(column)))
                    .max()
                    .orElse(0);
            widths[i] = Math.max(length(names.get(i)), Math.min(widest, WIDEST));
        }
        print(names);
        print(java.util.Arrays.stream(widths).mapToObj("-"::repeat).toList());
        waiting.forEach(this::print);
        waiting.clear();
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
