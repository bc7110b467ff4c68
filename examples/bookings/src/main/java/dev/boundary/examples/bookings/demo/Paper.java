package dev.boundary.examples.bookings.demo;

import java.io.PrintStream;
import java.util.Objects;

/** Prints the demo, in colours if it is told to. */
final class Paper {

    /** The colours, as ANSI numbers them. */
    enum Colour {
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        GREY("90"),
        BOLD("1");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean coloured;

    Paper(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** The terminal; ./demo says whether it is one. */
    static Paper terminal() {
        boolean terminal = Boolean.getBoolean("demo.terminal");
        boolean refused =
                !Objects.requireNonNullElse(System.getenv("NO_COLOR"), "").isEmpty();
        return new Paper(System.out, terminal && !refused);
    }

    void line(String text) {
        out.println(text.stripTrailing());
    }

    void heading(String text) {
        line("");
        line(in(Colour.BOLD, text));
    }

    String in(Colour colour, String text) {
        return coloured ? "\033[" + colour.code + "m" + text + "\033[0m" : text;
    }

    /** The text with blanks behind it. Colour what comes back, not what goes in. */
    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
