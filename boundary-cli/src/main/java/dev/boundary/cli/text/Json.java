package dev.boundary.cli.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes JSON on one line. Invisible characters are escaped, so that the text is safe on a terminal too. */
public final class Json {

    private final StringBuilder json = new StringBuilder();

    private Json() {}

    /**
     * Writes a value.
     *
     * @param value null, a boolean, a number, a text, a collection, or a map with texts as keys; of anything else its
     *     text
     * @return the JSON
     */
    public static String of(@Nullable Object value) {
        Json json = new Json();
        json.append(value);
        return json.json.toString();
    }

    private void append(@Nullable Object value) {
        switch (value) {
            case null -> json.append("null");
            case Double number when !Double.isFinite(number) -> string(number.toString());
            case Float number when !Float.isFinite(number) -> string(number.toString());
            case Boolean plain -> json.append(plain);
            case Number plain -> json.append(plain);
            case Map<?, ?> map -> appendAll('{', map.entrySet(), this::member, '}');
            case Collection<?> list -> appendAll('[', list, this::append, ']');
            default -> string(value.toString());
        }
    }

    private <T extends @Nullable Object> void appendAll(
            char begin, Collection<T> values, Consumer<T> append, char end) {
        json.append(begin);
        String separator = "";
        for (T value : values) {
            json.append(separator);
            append.accept(value);
            separator = ",";
        }
        json.append(end);
    }

    private void member(Map.Entry<?, ?> member) {
        string(String.valueOf(member.getKey()));
        json.append(':');
        append(member.getValue());
    }

    private void string(String text) {
        json.append('"');
        text.codePoints().forEach(this::character);
        json.append('"');
    }

    private void character(int point) {
        switch (point) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            default -> json.append(SafeText.isHostile(point) ? escape(point) : Character.toString(point));
        }
    }

    private static String escape(int point) {
        return Character.toString(point)
                .chars()
                .mapToObj(unit -> String.format(Locale.ROOT, "\\u%04x", unit))
                .collect(Collectors.joining());
    }
}
