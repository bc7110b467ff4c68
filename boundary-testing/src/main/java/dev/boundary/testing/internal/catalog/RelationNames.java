package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.internal.sql.Jdbc;
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
 * Tells from a statement's text which relations and functions of the user it names. It errs on the side of naming too
 * many. Immutable.
 */
public final class RelationNames {

    private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern WORD =
            Pattern.compile("\"((?:[^\"]|\"\")+)\"|([A-Za-z_\\u0080-\\uffff][\\w$\\u0080-\\uffff]*)");

    private final Set<String> names;

    private RelationNames(Set<String> names) {
        this.names = names;
    }

    /**
     * Reads the names of all relations and functions through which tenants' rows may be reached.
     *
     * @param connection a connection of a superuser
     * @param ownership whose rows each table holds; names of shared tables are left out
     * @return the names
     * @throws SQLException if the catalog cannot be read
     */
    public static RelationNames read(Connection connection, Map<QualifiedName, Ownership> ownership)
            throws SQLException {
        Set<String> names = new HashSet<>();
        for (List<@Nullable String> row : Jdbc.rows(connection, """
                select n.nspname, c.relname from pg_catalog.pg_class c
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'v', 'm', 'f')
                  and n.nspname not in ('pg_catalog', 'information_schema', 'boundary') and n.nspname !~ '^pg_(toast|temp)'
                  and not exists (select from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e')
                union all
                select n.nspname, p.proname from pg_catalog.pg_proc p
                join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                where n.nspname not in ('pg_catalog', 'information_schema', 'boundary')
                  and p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype
                  and not exists (select from pg_catalog.pg_depend d where d.objid = p.oid and d.deptype = 'e')
                """)) {
            QualifiedName name =
                    new QualifiedName(Objects.requireNonNull(row.get(0)), Objects.requireNonNull(row.get(1)));
            Ownership owner = ownership.get(name);
            if (owner == null || owner.isTenants()) {
                names.add(name.name().toLowerCase(Locale.ROOT));
            }
        }
        // The tables of the migration tool hold no tenant's rows.
        names.remove("databasechangelog");
        names.remove("databasechangeloglock");
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
