package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a statement's text the user's relations and functions that it names; rather too many than too few.
 * Immutable.
 */
public final class RelationNames {

    private static final SqlFile SQL = SqlFile.of(RelationNames.class);
    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern WORD =
            Pattern.compile("\"((?:[^\"]|\"\")+)\"|([A-Za-z_\\u0080-\\uffff][\\w$\\u0080-\\uffff]*)");

    /** The tables of the migration tool hold no tenant's rows. */
    private static final Set<String> OF_LIQUIBASE = Set.of("databasechangelog", "databasechangeloglock");

    private final Set<String> names;

    private RelationNames(Set<String> names) {
        this.names = names;
    }

    /**
     * Reads the names of all relations and functions that may lead to tenants' rows.
     *
     * @param connection a connection of a superuser
     * @param ownership whose rows each table holds; names of shared tables are left out
     * @return the names
     * @throws SQLException if the catalog cannot be read
     */
    public static RelationNames read(Connection connection, Map<TableName, Ownership> ownership) throws SQLException {
        Set<String> names = new HashSet<>();
        for (List<@Nullable String> row : Jdbc.rows(connection, SQL.text("relations-and-functions"))) {
            TableName name = new TableName(Objects.requireNonNull(row.get(0)), Objects.requireNonNull(row.get(1)));
            Ownership owner = ownership.get(name);
            if (owner == null || owner.hasTenantRows()) {
                names.add(name.table().toLowerCase(Locale.ROOT));
            }
        }
        names.removeAll(OF_LIQUIBASE);
        return new RelationNames(Set.copyOf(names));
    }

    /**
     * The names in a statement.
     *
     * @param sql the statement
     * @return those of the known names that it has as words, sorted
     */
    public Set<String> in(String sql) {
        Set<String> found = new TreeSet<>();
        WORD.matcher(LITERAL.matcher(sql).replaceAll(" ")).results().forEach(word -> {
            String name = (word.group(1) == null ? word.group(2) : word.group(1)).toLowerCase(Locale.ROOT);
            if (names.contains(name)) {
                found.add(name);
            }
        });
        return found;
    }
}
