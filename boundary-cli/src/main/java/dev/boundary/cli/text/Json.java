package dev.boundary.cli.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON on one line. What is not visible is escaped, so that the text is also fit for a terminal. */
public final class Json {

    private Json() {}

    /**
     * Writes a value.
     *
     * @param value null, a boolean, a number, a text, a collection, or a map with texts as keys; of anything else its
     *     text
     * @return the JSON
     */
    public static String of(@Nullable Object value) {
        StringBuilder json = new StringBuilder();
        write(json, value);
        return json.toString();
    }

    private static void write(StringBuilder json, @Nullable Object value) {
        switch (value) {
            case null -> json.append("null");
            case Double number when !Double.isFinite(number) -> text(json, number.toString());
            case Float number when !Float.isFinite(number) -> text(json, number.toString());
            case Boolean plain -> json.append(plain);
            case Number plain -> json.append(plain);
            case Map<?, ?> map -> map(json, map);
            case Collection<?> list -> list(json, list);
            default -> text(json, value.toString());
        }
    }

    private static void map(StringBuilder json, Map<?, ?> map) {
        json.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.append(separator);
            text(json, String.valueOf(entry.getKey()));
            json.append(':');
            write(json, entry.getValue());
            separator = ",";
        }
        json.append('}');
    }

    private static void list(StringBuilder json, Collection<?> list) {
        json.append('[');
        String separator = "";
        for (Object element : list) {
            json.append(separator);
            write(json, element);
            separator = ",";
        }
        json.append(']');
    }

    private static void text(StringBuilder json, String text) {
        json.append('"');
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                default -> {
                    if (SafeText.isHostile(point)) {
                        for (char unit : Character.toChars(point)) {
                            json.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                        }
                    } else {
                        json.appendCodePoint(point);
                    }
                }
            }
        });
        json.append('"');
    }
}
