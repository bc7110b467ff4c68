package dev.boundary.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the doctor looks for. An id never changes its meaning.
 *
 * @param id for example {@code "BND-001"}
 * @param severity how bad it is
 * @param title what is wrong, in a few words
 * @param why why it matters
 * @param remedy what to do, where no statement can be given, or besides it
 * @since 0.1
 */
public record Rule(String id, Severity severity, String title, String why, String remedy) {

    private static final String PAGES = "docs/rules/";

    /**
     * The page that explains the rule, relative to the root of the source tree.
     *
     * @return for example {@code "docs/rules/BND-001.md"}
     */
    public String page() {
        return PAGES + id + ".md";
    }

    /**
     * The text of that page, which is in the jar too.
     *
     * @return the page in Markdown
     */
    public String explanation() {
        String file = "rules/" + id + ".md";
        try (InputStream page = Rule.class.getResourceAsStream(file)) {
            if (page == null) {
                throw new IllegalStateException("The page " + file + " is not beside " + Rule.class.getName());
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** How bad a finding is, the worst first. */
    public enum Severity {
        /** Rows of other tenants can be read or changed now. */
        CRITICAL,
        /** One more step, or one careless statement, and they can. */
        HIGH,
        /** A second line of defence is missing, existence leaks, or statements fail or scan. */
        MEDIUM,
        /** Little leaks, or speed is lost. */
        LOW,
        /** Worth knowing. */
        INFO;

        /**
         * The word used on the command line and in reports.
         *
         * @return the name in lower case
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Whether a finding of this severity counts when the given one is the least that counts.
         *
         * @param threshold the least severity that counts
         * @return true for the threshold itself and for everything worse
         */
        public boolean atLeast(Severity threshold) {
            return compareTo(threshold) <= 0;
        }

        /**
         * Finds a severity by its word.
         *
         * @param word the word, in any case
         * @return the severity
         * @throws IllegalArgumentException if there is none; the message lists them
         */
        public static Severity of(String word) {
            return Arrays.stream(values())
                    .filter(severity -> severity.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no severity \"" + word + "\". Use one of "
                            + Arrays.stream(values()).map(Severity::word).collect(Collectors.joining(", ")) + "."));
        }
    }
}
