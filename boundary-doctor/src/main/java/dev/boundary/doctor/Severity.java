package dev.boundary.doctor;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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
                .orElseThrow(() -> new IllegalArgumentException("\"" + word + "\" is no severity. Use one of "
                        + Arrays.stream(values()).map(Severity::word).collect(Collectors.joining(", ")) + "."));
    }
}
