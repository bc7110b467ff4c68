package dev.boundary.cli.text;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes comma-separated values (RFC 4180) for spreadsheets. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front, and invisible characters are escaped; JSON has the exact values.
 */
final class Csv {

    private static final Pattern FORMULA = Pattern.compile("(?s)[\\s\\p{Cntrl}]*[=+\\-@\uff1d\uff0b\uff0d\uff20].*");
    private static final Pattern TO_QUOTE = Pattern.compile("(?s).*[\",;\\s].*");

    private Csv() {}

    /** One record, without the end of the line. Null is an empty field, and an empty text is one in quotes. */
    static String row(List<? extends @Nullable Object> values) {
        return values.stream().map(Csv::field).collect(Collectors.joining(","));
    }

    private static String field(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case Map<?, ?> map -> text(Json.of(map));
            default -> text(value.toString());
        };
    }

    private static String text(String value) {
        String harmless = (FORMULA.matcher(value).matches() ? "'" : "") + SafeText.lines(value);
        return harmless.isEmpty() || TO_QUOTE.matcher(harmless).matches()
                ? '"' + harmless.replace("\"", "\"\"") + '"'
                : harmless;
    }
}
