package dev.boundary.doctor;

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
}
