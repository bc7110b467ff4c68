package dev.boundary.rls.internal.sql;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL with named placeholders, {@code ${name}}, each filled by its kind: an identifier and a literal are quoted, a fragment
 * is SQL already. What is filled in is never searched for placeholders. Immutable.
 */
public final class SqlTemplate {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?<name>[a-zA-Z][a-zA-Z0-9]*)}");

    private final String name;
    private final String text;
    private final Map<String, String> values;

    SqlTemplate(String name, String text) {
        this(name, text, Map.of());
    }

    private SqlTemplate(String name, String text, Map<String, String> values) {
        this.name = name;
        this.text = text;
        this.values = values;
    }

    /**
     * Fills a placeholder with a quoted identifier.
     *
     * @param placeholder the placeholder's name
     * @param identifier the name as the catalog has it
     * @return the template with that value
     * @throws IllegalArgumentException if there is no such placeholder, or it has a value
     */
    public SqlTemplate identifier(String placeholder, String identifier) {
        return fragment(placeholder, Quoting.identifier(identifier));
    }

    /**
     * Fills a placeholder with quoted identifiers, separated by commas.
     *
     * @param placeholder the placeholder's name
     * @param identifiers the names as the catalog has them
     * @return the template with that value
     * @throws IllegalArgumentException if there is no such placeholder, or it has a value
     */
    public SqlTemplate identifiers(String placeholder, Collection<String> identifiers) {
        return fragment(placeholder, Quoting.identifiers(identifiers));
    }

    /**
     * Fills a placeholder with a quoted text.
     *
     * @param placeholder the placeholder's name
     * @param value any text
     * @return the template with that value
     * @throws IllegalArgumentException if there is no such placeholder, or it has a value
     */
    public SqlTemplate literal(String placeholder, String value) {
        return fragment(placeholder, Quoting.literal(value));
    }

    /**
     * Fills a placeholder with an array of texts.
     *
     * @param placeholder the placeholder's name
     * @param texts any texts
     * @return the template with that value
     * @throws IllegalArgumentException if there is no such placeholder, or it has a value
     */
    public SqlTemplate textArray(String placeholder, Collection<String> texts) {
        return fragment(placeholder, Quoting.textArray(texts));
    }

    /**
     * Fills a placeholder with SQL.
     *
     * @param placeholder the placeholder's name
     * @param sql SQL in which every name and value is quoted already
     * @return the template with that value
     * @throws IllegalArgumentException if there is no such placeholder, or it has a value
     */
    public SqlTemplate fragment(String placeholder, String sql) {
        if (!placeholders().contains(placeholder)) {
            throw new IllegalArgumentException(name + " has no placeholder ${" + placeholder + "}");
        }
        Map<String, String> more = new LinkedHashMap<>(values);
        if (more.put(placeholder, sql) != null) {
            throw new IllegalArgumentException(
                    "The placeholder ${" + placeholder + "} of " + name + " has a value already");
        }
        return new SqlTemplate(name, text, Map.copyOf(more));
    }

    private Set<String> placeholders() {
        Set<String> names = new HashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group("name"));
        }
        return names;
    }

    /**
     * The SQL.
     *
     * @return the text with every placeholder replaced
     * @throws IllegalStateException if a placeholder has no value
     */
    public String fill() {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
    }

    private String value(MatchResult found) {
        String placeholder = found.group("name");
        String value = values.get(placeholder);
        if (value == null) {
            throw new IllegalStateException("The placeholder ${" + placeholder + "} of " + name + " has no value");
        }
        return value;
    }
}
