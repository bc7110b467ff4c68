package dev.boundary.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What the doctor looks for. An id never changes its meaning.
 *
 * @param id for example {@code "BND-001"}
 * @param severity how bad it is
 * @param title what is wrong, in a few words
 * @param why why it matters
 * @param remedy what to do, where no statement can be given, or besides it
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
}
