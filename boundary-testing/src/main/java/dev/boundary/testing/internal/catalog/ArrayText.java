package dev.boundary.testing.internal.catalog;

import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's text form of a one-dimensional array without NULL. */
final class ArrayText {

    private ArrayText() {}

    static List<String> parse(String array) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        for (int i = 1; i < array.length(); i++) {
            char c = array.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\') {
                element.append(array.charAt(++i));
            } else if (!quoted && (c == ',' || c == '}')) {
                if (array.length() > 2) {
                    elements.add(element.toString());
                }
                element.setLength(0);
            } else {
                element.append(c);
            }
        }
        return elements;
    }

    static String quoteElement(String element) {
        return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
