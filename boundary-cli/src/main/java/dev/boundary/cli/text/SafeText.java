package dev.boundary.cli.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes text safe for a terminal. The name of a tenant, a value of a row and a message of the server are data: control
 * characters in them could move the cursor, hide lines or rename the terminal's window, and characters that change the
 * direction of writing could make one name look like another. They are written as escapes instead.
 */
public final class SafeText {

    private static final Pattern URL_PASSWORD = Pattern.compile("(//[^:/@\\s]*):[^@\\s]*@");
    private static final Pattern PASSWORD_PARAMETER = Pattern.compile("(?i)(password=)[^&\\s'\"]*");
    private static final int LAST_OF_ONE_BYTE = 0xff;
    private static final int LAST_OF_TWO_BYTES = 0xffff;

    private SafeText() {}

    /**
     * Makes a text safe for one line.
     *
     * @param text any text
     * @return the text with {@code \n}, {@code \t}, {@code \x1b}, {@code \u202e} and the like for what is no visible
     *     character or space; a backslash stays as it is
     */
    public static String line(String text) {
        return escaped(text, false);
    }

    /**
     * Makes a text of several lines safe for a terminal.
     *
     * @param text any text
     * @return the same as {@link #line}, but line feeds and tabs stay
     */
    public static String lines(String text) {
        return escaped(text, true);
    }

    /**
     * Removes passwords from what a person typed, before it is shown in an error.
     *
     * @param text for example a message that quotes an argument
     * @return the text without the password of a URL
     */
    public static String withoutPasswords(String text) {
        return PASSWORD_PARAMETER
                .matcher(URL_PASSWORD.matcher(text).replaceAll("$1:***@"))
                .replaceAll("$1***");
    }

    /**
     * Whether a character changes a terminal instead of being shown on it.
     *
     * @param codePoint the character
     * @return true for control and format characters, line separators, halves of pairs and what Unicode has not
     *     assigned
     */
    static boolean isHostile(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String escaped(String text, boolean severalLines) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (severalLines && (point == '\n' || point == '\t')) {
                safe.append((char) point);
            } else if (isHostile(point)) {
                safe.append(escape(point));
            } else {
                safe.appendCodePoint(point);
            }
        });
        return safe.toString();
    }

    private static String escape(int point) {
        return switch (point) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                String form =
                        point <= LAST_OF_ONE_BYTE ? "\\x%02x" : point <= LAST_OF_TWO_BYTES ? "\\u%04x" : "\\U%08x";
                yield String.format(Locale.ROOT, form, point);
            }
        };
    }
}
