package dev.boundary.doctor;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Maps, lists, texts, numbers and booleans as JSON (RFC 8259). For one thread. */
final class JsonText {

    private final StringBuilder json = new StringBuilder();

    JsonText append(Object value) {
        switch (value) {
            case Map<?, ?> map -> appendAll('{', map.entrySet(), this::member, '}');
            case List<?> list -> appendAll('[', list, this::append, ']');
            case Number number -> json.append(number);
            case Boolean truth -> json.append(truth.booleanValue());
            default -> string(value.toString());
        }
        return this;
    }

    private <T> void appendAll(char begin, Iterable<T> values, Consumer<T> append, char end) {
        json.append(begin);
        for (Iterator<T> rest = values.iterator(); rest.hasNext(); ) {
            append.accept(rest.next());
            json.append(rest.hasNext() ? ",\n" : "");
        }
        json.append(end);
    }

    private void member(Map.Entry<?, ?> member) {
        string(member.getKey().toString());
        json.append(':');
        append(member.getValue());
    }

    private void string(String value) {
        json.append('"');
        value.chars().forEach(c -> character((char) c));
        json.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            default -> json.append(c < ' ' || Character.isSurrogate(c) ? "\\u%04x".formatted((int) c) : c);
        }
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
