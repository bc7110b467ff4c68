package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.internal.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables of a database, without those of PostgreSQL and of Boundary. Immutable. */
public final class Catalog {

    private static final String USERS = "n.nspname not in ('pg_catalog', 'information_schema', 'boundary')"
            + " and n.nspname !~ '^pg_(toast|temp)'"
            // Objects of an extension are not the user's.
            + " and not exists (select from pg_catalog.pg_depend d where d.objid = c.oid and d.deptype = 'e'"
            + " and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)";

    private static final String COLUMNS = """
            select n.nspname, c.relname, a.attname, a.atttypid, a.atttypmod, a.attnotnull,
                   a.atthasdef or a.attidentity <> '', pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attgenerated <> ''
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where c.relkind in ('r', 'p') and not c.relispartition and %s
            order by 1, 2, a.attnum
            """.formatted(USERS);

    private static final String CONSTRAINTS = """
            select n.nspname, c.relname, k.conname, k.contype,
                   (select pg_catalog.array_agg(a.attname::text order by x.ord)
                    from pg_catalog.unnest(k.conkey) with ordinality x(num, ord)
                    join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.num),
                   fn.nspname, fc.relname,
                   (select pg_catalog.array_agg(a.attname::text order by x.ord)
                    from pg_catalog.unnest(k.confkey) with ordinality x(num, ord)
                    join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.num),
                   pg_catalog.pg_get_expr(k.conbin, k.conrelid)
            from pg_catalog.pg_constraint k
            join pg_catalog.pg_class c on c.oid = k.conrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            left join pg_catalog.pg_class fc on fc.oid = k.confrelid
            left join pg_catalog.pg_namespace fn on fn.oid = fc.relnamespace
            where k.contype in ('c', 'f', 'p') and not c.relispartition
              and (k.contype <> 'f' or not fc.relispartition) and %s
            order by 1, 2, 3
            """.formatted(USERS);

    // What a row of a partitioned table must satisfy is that some partition takes it.
    private static final String PARTITIONS = """
            with recursive tree(root, leaf) as (
              select c.oid, c.oid from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              where c.relkind = 'p' and not c.relispartition and %s
              union all
              select tree.root, i.inhrelid from tree join pg_catalog.pg_inherits i on i.inhparent = tree.leaf)
            select n.nspname, r.relname,
                   pg_catalog.string_agg(pg_catalog.pg_get_partition_constraintdef(tree.leaf), ' or ')
            from tree
            join pg_catalog.pg_class leaf on leaf.oid = tree.leaf and leaf.relkind = 'r'
            join pg_catalog.pg_class r on r.oid = tree.root
            join pg_catalog.pg_namespace n on n.oid = r.relnamespace
            group by 1, 2
            having pg_catalog.bool_and(pg_catalog.pg_get_partition_constraintdef(tree.leaf) is not null)
            """.formatted(USERS);

    private final Map<QualifiedName, Table> tables;

    private Catalog(Map<QualifiedName, Table> tables) {
        this.tables = tables;
    }

    /**
     * Reads the catalog.
     *
     * @param connection a connection of a role that may see every table
     * @return the tables
     * @throws SQLException if the catalog cannot be read
     */
    public static Catalog read(Connection connection) throws SQLException {
        Map<QualifiedName, List<Column>> columns = columns(connection);
        Map<QualifiedName, List<String>> keys = new HashMap<>();
        Map<QualifiedName, List<ForeignKey>> foreignKeys = new HashMap<>();
        Map<QualifiedName, List<Check>> checks = new HashMap<>();
        for (List<@Nullable String> row : Jdbc.rows(connection, CONSTRAINTS)) {
            QualifiedName table = name(row, 0);
            String constraint = Objects.requireNonNull(row.get(2));
            switch (Objects.requireNonNull(row.get(3))) {
                case "p" -> keys.put(table, names(row.get(4)));
                case "f" ->
                    list(foreignKeys, table)
                            .add(new ForeignKey(constraint, name(row, 5), names(row.get(4)), names(row.get(7))));
                default ->
                    list(checks, table)
                            .add(new Check(constraint, Objects.requireNonNull(row.get(8)), names(row.get(4))));
            }
        }
        for (List<@Nullable String> row : Jdbc.rows(connection, PARTITIONS)) {
            QualifiedName table = name(row, 0);
            String bounds = Objects.requireNonNull(row.get(2));
            List<String> inBounds = Objects.requireNonNull(columns.get(table)).stream()
                    .map(Column::name)
                    .filter(bounds::contains)
                    .toList();
            list(checks, table).add(new Check("the bounds of the partitions", bounds, inBounds));
        }
        Map<QualifiedName, Table> tables = new TreeMap<>();
        columns.forEach((name, list) -> tables.put(
                name,
                new Table(
                        name,
                        List.copyOf(list),
                        keys.getOrDefault(name, List.of()),
                        foreignKeys.getOrDefault(name, List.of()),
                        checks.getOrDefault(name, List.of()))));
        return new Catalog(tables);
    }

    private static Map<QualifiedName, List<Column>> columns(Connection connection) throws SQLException {
        TypeReader types = new TypeReader(connection);
        Map<QualifiedName, List<Column>> columns = new TreeMap<>();
        for (List<@Nullable String> row : Jdbc.rows(connection, COLUMNS)) {
            list(columns, name(row, 0))
                    .add(new Column(
                            Objects.requireNonNull(row.get(2)),
                            types.read(TypeReader.number(row.get(3)), (int) TypeReader.number(row.get(4))),
                            "t".equals(row.get(5)),
                            "t".equals(row.get(6)),
                            row.get(7),
                            "t".equals(row.get(8))));
        }
        return columns;
    }

    /**
     * The tables, sorted by name.
     *
     * @return the tables, unmodifiable
     */
    public List<Table> tables() {
        return List.copyOf(tables.values());
    }

    /**
     * Finds a table.
     *
     * @param name its name
     * @return the table, or empty if the database has none of that name
     */
    public Optional<Table> find(QualifiedName name) {
        return Optional.ofNullable(tables.get(name));
    }

    private static QualifiedName name(List<@Nullable String> row, int at) {
        return new QualifiedName(Objects.requireNonNull(row.get(at)), Objects.requireNonNull(row.get(at + 1)));
    }

    private static <T> List<T> list(Map<QualifiedName, List<T>> lists, QualifiedName table) {
        return lists.computeIfAbsent(table, key -> new ArrayList<>());
    }

    /** Reads PostgreSQL's text form of an array of names. */
    private static List<String> names(@Nullable String array) {
        return array == null ? List.of() : ArrayText.parse(array);
    }
}
