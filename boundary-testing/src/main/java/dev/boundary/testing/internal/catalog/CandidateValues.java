package dev.boundary.testing.internal.catalog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values of a column that may satisfy checks: what their expressions name, and common shapes. PostgreSQL decides.
 *
 * @param column the column
 * @param first the value to try first, or null
 * @param generator generates more
 */
record CandidateValues(TypedColumn column, @Nullable String first, ValueGenerator generator) {

    private static final Pattern LITERAL = Pattern.compile("(?<operator>~[~*]*\\s*)?E?'(?<text>(?:[^']|'')*)'");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.'])\\d+(?:\\.\\d+)?(?![\\w'])");
    private static final int LONGEST_TEXT = 1_000;
    private static final int NEIGHBOURS = 3;
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

    /**
     * The values, the most likely first.
     *
     * @param expressions those of the checks
     */
    List<@Nullable String> forChecks(List<String> expressions) {
        Set<@Nullable String> values = new LinkedHashSet<>();
        values.add(first);
        for (String expression : expressions) {
            addLiterals(expression, values);
            addNumbers(expression, values);
        }
        addShapes(values);
        values.remove(null);
        if (!column.notNull()) {
            values.add(null);
        }
        return new ArrayList<>(values);
    }

    private void addShapes(Set<@Nullable String> values) {
        for (int step = 1; step <= NEIGHBOURS; step++) { // for one column that must come after another
            values.add(new ValueGenerator(generator.number() + step).value(column.type()));
        }
        if (first != null) {
            values.add(first.toUpperCase(Locale.ROOT));
            values.add(first.toLowerCase(Locale.ROOT));
        }
        values.addAll(SHAPES);
    }

    private void addLiterals(String expression, Set<@Nullable String> values) {
        LITERAL.matcher(expression).results().forEach(literal -> {
            String text = literal.group("text").replace("''", "'");
            values.add(matching(literal.group("operator"), text));
            if (text.startsWith("{") && text.endsWith("}")) { // an array of literals
                values.addAll(ArrayText.parse(text));
            }
        });
    }

    /** A value that compares as true with a text. */
    private String matching(@Nullable String operator, String text) {
        if (operator == null) {
            return text;
        }
        return operator.startsWith("~~") // LIKE
                ? text.replace("%", generator.text()).replace("_", "a")
                : PatternText.of(text, generator.number());
    }

    private void addNumbers(String expression, Set<@Nullable String> values) {
        boolean isLength = expression.contains("length(");
        NUMBER.matcher(expression).results().map(MatchResult::group).forEach(number -> {
            values.add(number);
            if (number.matches("\\d{1,9}")) {
                addNear(Long.parseLong(number), isLength, values);
            }
        });
    }

    private void addNear(long bound, boolean isLength, Set<@Nullable String> values) {
        values.add(Long.toString(bound + 1));
        values.add(Long.toString(bound - 1));
        values.add(Long.toString(generator.number() % Math.max(bound, 1)));
        if (isLength && bound < LONGEST_TEXT) {
            String text = generator.text();
            values.add(text.repeat((int) bound / text.length() + 1).substring(0, (int) bound));
        }
    }
}
