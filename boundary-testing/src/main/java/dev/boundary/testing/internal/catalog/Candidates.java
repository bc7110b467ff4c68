package dev.boundary.testing.internal.catalog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of a column that may satisfy a check: what its expression names, and common shapes. PostgreSQL decides. */
final class Candidates {

    private static final Pattern LITERAL = Pattern.compile("(?<operator>~[~*]*\\s*)?E?'(?<text>(?:[^']|'')*)'");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.'])\\d+(?:\\.\\d+)?(?![\\w'])");
    private static final List<String> SHAPES = List.of(
            "1",
            "0",
            "-1",
            "10",
            "50",
            "a",
            "A",
            "made@example.com",
            "https://example.com/made",
            "+4930123456",
            "[]",
            "{}",
            "EUR",
            "DE",
            "en",
            "true",
            "false",
            "1 day",
            "2023-06-01",
            "2025-06-01",
            "2030-01-01");

    private Candidates() {}

    static List<@Nullable String> of(Column column, @Nullable String first, List<String> expressions, long n) {
        Set<@Nullable String> values = new LinkedHashSet<>();
        values.add(first);
        for (String expression : expressions) {
            addLiterals(expression, n, values);
            addNumbers(expression, n, values);
        }
        for (long step = 1; step <= 3; step++) { // for one column that must come after another
            values.add(ValueMaker.value(column.type(), n + step));
        }
        if (first != null) {
            values.add(first.toUpperCase(Locale.ROOT));
            values.add(first.toLowerCase(Locale.ROOT));
        }
        values.addAll(SHAPES);
        values.remove(null);
        if (!column.notNull()) {
            values.add(null);
        }
        return new ArrayList<>(values);
    }

    private static void addLiterals(String expression, long n, Set<@Nullable String> values) {
        LITERAL.matcher(expression).results().forEach(match -> {
            String text = match.group("text").replace("''", "'");
            String operator = match.group("operator");
            if (operator == null) {
                values.add(text);
            } else if (operator.startsWith("~~")) { // LIKE
                values.add(text.replace("%", ValueMaker.text(n)).replace("_", "a"));
            } else {
                values.add(PatternText.of(text, n));
            }
            if (text.startsWith("{") && text.endsWith("}")) { // an array of literals
                values.addAll(ArrayText.parse(text));
            }
        });
    }

    private static void addNumbers(String expression, long n, Set<@Nullable String> values) {
        boolean length = expression.contains("length(");
        NUMBER.matcher(expression).results().forEach(match -> {
            String number = match.group();
            values.add(number);
            if (number.matches("\\d{1,9}")) {
                long value = Long.parseLong(number);
                values.add(Long.toString(value + 1));
                values.add(Long.toString(value - 1));
                values.add(Long.toString(n % Math.max(value, 1)));
                if (length && value < 1000) {
                    String text = ValueMaker.text(n);
                    values.add(text.repeat((int) value / text.length() + 1).substring(0, (int) value));
                }
            }
        });
    }
}
