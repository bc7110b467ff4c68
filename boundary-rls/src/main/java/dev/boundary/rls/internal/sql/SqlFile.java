package dev.boundary.rls.internal.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A resource file of SQL texts, each below a line {@code -- name: the-name}. What stands above the first such line is a
 * comment for readers. Immutable.
 */
public final class SqlFile {

    private static final Pattern HEADING = Pattern.compile("^-- name: (?<name>\\S+)$", Pattern.MULTILINE);

    private final String file;
    private final Map<String, SqlTemplate> templates;

    private SqlFile(String file, Map<String, SqlTemplate> templates) {
        this.file = file;
        this.templates = templates;
    }

    /**
     * Reads the file that belongs to a class: beside it, with its simple name and the ending {@code .sql}. Another
     * module must open the package of the class to this one, which could not read the file otherwise.
     *
     * @param owner the class
     * @return its SQL
     * @throws IllegalStateException if there is no such file, it cannot be read, or two texts in it have one name
     */
    public static SqlFile of(Class<?> owner) {
        String file = owner.getSimpleName() + ".sql";
        try (InputStream stream = owner.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("There is no " + file + " beside " + owner.getName()
                        + ", or its package is not open to dev.boundary.rls");
            }
            return new SqlFile(file, parse(file, new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static Map<String, SqlTemplate> parse(String file, String text) {
        Map<String, SqlTemplate> templates = new LinkedHashMap<>();
        Matcher heading = HEADING.matcher(text);
        boolean more = heading.find();
        while (more) {
            String name = heading.group("name");
            int start = heading.end();
            more = heading.find();
            String body = text.substring(start, more ? heading.start() : text.length());
            if (templates.put(name, new SqlTemplate(file + "#" + name, body.strip())) != null) {
                throw new IllegalStateException(file + " has two texts with the name " + name);
            }
        }
        return Map.copyOf(templates);
    }

    /**
     * A text with placeholders.
     *
     * @param name its name
     * @return the text, to be filled
     * @throws IllegalArgumentException if the file has no such text
     */
    public SqlTemplate template(String name) {
        SqlTemplate template = templates.get(name);
        if (template == null) {
            throw new IllegalArgumentException(file + " has no text with the name " + name);
        }
        return template;
    }

    /**
     * A text without placeholders.
     *
     * @param name its name
     * @return the text
     * @throws IllegalArgumentException if the file has no such text
     * @throws IllegalStateException if it has a placeholder
     */
    public String text(String name) {
        return template(name).fill();
    }
}
