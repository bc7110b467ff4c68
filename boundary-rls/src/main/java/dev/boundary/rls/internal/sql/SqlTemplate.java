package dev.boundary.rls.internal.sql;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL with named placeholders, {@code ${name}}, each filled by its kind: an identifier and a literal are quoted, a
 * fragment is SQL already. A fragment whose placeholder stands alone on a line takes that line's indentation on each of
 * its own, and an empty one leaves no line. What is filled in is never searched for placeholders. Immutable.
 */
public final class SqlTemplate {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?m)^(?<indent> *)\\$\\{(?<line>[a-zA-Z][a-zA-Z0-9]*)}(?<end>\\n|\\z)"
                    + "|\\$\\{(?<name>[a-zA-Z][a-zA-Z0-9]*)}");

    private final String name;
    private final String text;
    private final Map<String, Value> values;

    private record Value(String sql, boolean fragment) {

        String on(String indent, String end) {
            if (!fragment) {
                return indent + sql + end;
            }
            return sql.isEmpty() ? "" : indent + sql.replace("\n", "\n" + indent) + end;
        }
    }

    SqlTemplate(String name, String text) {
        this(name, text, Map.of());
    }

    private SqlTemplate(String name, String text, Map<String, Value> values) {
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
        return with(placeholder, new Value(Quoting.identifier(identifier), false));
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
        return with(placeholder, new Value(Quoting.identifiers(identifiers), false));
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
        return with(placeholder, new Value(Quoting.literal(value), false));
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
        return with(placeholder, new Value(Quoting.textArray(texts), false));
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
        return with(placeholder, new Value(sql, true));
    }

    private SqlTemplate with(String placeholder, Value value) {
        if (PLACEHOLDER.matcher(text).results().map(SqlTemplate::placeholder).noneMatch(placeholder::equals)) {
            throw new IllegalArgumentException(name + " has no placeholder ${" + placeholder + "}");
        }
        Map<String, Value> more = new HashMap<>(values);
        if (more.put(placeholder, value) != null) {
            throw new IllegalArgumentException(
                    "The placeholder ${" + placeholder + "} of " + name + " has a value already");
        }
        return new SqlTemplate(name, text, Map.copyOf(more));
    }

    /**
     * The SQL.
     *
     * @return the text with every placeholder replaced
     * @throws IllegalStateException if a placeholder has no value
     */
    public String fill() {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(replacement(found)));
    }

    private String replacement(MatchResult found) {
        Value value = values.get(placeholder(found));
        if (value == null) {
            throw new IllegalStateException(
                    "The placeholder ${" + placeholder(found) + "} of " + name + " has no value");
        }
        return found.group("line") == null ? value.sql() : value.on(found.group("indent"), found.group("end"));
    }

    private static String placeholder(MatchResult found) {
        String alone = found.group("line");
        return alone == null ? found.group("name") : alone;
    }
}
