package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row that a {@link RowMaker} inserted.
 *
 * @param table its table
 * @param tenant the key of its tenant as text, or null for a row that is everybody's
 * @param place where it is stored: the oid of the table or partition and the {@code ctid}
 * @param values the value of every column, as PostgreSQL prints it
 * @param markers values of it that are in no other row
 */
public record MadeRow(
        QualifiedName table,
        @Nullable String tenant,
        Place place,
        Map<String, @Nullable String> values,
        Set<String> markers) {

    private static final int SHORTEST_MARKER = 6;

    /**
     * Where a row version is stored. An update moves the row.
     *
     * @param relation the oid of the table or partition
     * @param ctid the place in it
     */
    public record Place(long relation, String ctid) {}

    /**
     * The value of a column.
     *
     * @param column its name, unquoted
     * @return the value as PostgreSQL prints it, or null
     */
    public @Nullable String get(String column) {
        return values.get(column);
    }

    /**
     * What is stored in a place.
     *
     * @param version the row's values and the transaction that wrote them
     * @param locker the last transaction that tried to change or lock it
     */
    public record State(String version, String locker) {}

    /**
     * What is stored in the row's place now. It stays equal as long as nobody touched the row.
     *
     * @param connection a connection of a superuser
     * @return the state, or empty if the row is not there any more
     * @throws SQLException if it cannot be read
     */
    public Optional<State> state(Connection connection) throws SQLException {
        List<List<@Nullable String>> rows = Jdbc.rows(
                connection,
                "select xmin::text || ' ' || t::text, xmax::text from " + table.sql()
                        + " t where tableoid = ? and ctid = cast(? as tid)",
                place.relation(),
                place.ctid());
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new State(
                        Objects.requireNonNull(rows.getFirst().get(0)),
                        Objects.requireNonNull(rows.getFirst().get(1))));
    }

    /**
     * Deletes the row, if it is still in its place. Triggers and foreign keys are not asked.
     *
     * @param connection a connection of a superuser, in a transaction
     * @throws SQLException if it cannot be deleted
     */
    public void delete(Connection connection) throws SQLException {
        Jdbc.run(connection, "set local session_replication_role = replica");
        Jdbc.run(
                connection,
                "delete from " + table.sql() + " where tableoid = ? and ctid = cast(? as tid)",
                place.relation(),
                place.ctid());
    }

    static MadeRow insert(Connection connection, Table table, RowMaker.Draft draft) throws SQLException {
        List<String> columns = new ArrayList<>(draft.values().keySet());
        String into = columns.isEmpty()
                ? " default values"
                : " (" + Quoting.identifiers(columns) + ") overriding system value values ("
                        + columns.stream()
                                .map(column -> "cast(? as "
                                        + table.column(column).type().sql() + ")")
                                .collect(Collectors.joining(", "))
                        + ")";
        List<@Nullable String> row = Jdbc.rows(
                        connection,
                        "insert into " + table.name().sql() + into + " returning " + columnsAsText(table)
                                + ", tableoid::text, ctid::text",
                        draft.values().values().toArray())
                .getFirst();
        Map<String, @Nullable String> values = byColumn(table, row);
        int count = table.columns().size();
        Set<String> markers = new HashSet<>();
        for (String column : draft.markers()) {
            String value = values.get(column);
            if (value != null && isMarker(table.column(column), value)) {
                markers.add(value);
            }
        }
        return new MadeRow(
                table.name(),
                draft.tenant(),
                new Place(
                        Long.parseLong(Objects.requireNonNull(row.get(count))),
                        Objects.requireNonNull(row.get(count + 1))),
                values,
                Set.copyOf(markers));
    }

    static String columnsAsText(Table table) {
        return table.columns().stream()
                .map(column -> "cast(" + Quoting.identifier(column.name()) + " as text)")
                .collect(Collectors.joining(", "));
    }

    static Map<String, @Nullable String> byColumn(Table table, List<@Nullable String> row) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (int i = 0; i < table.columns().size(); i++) {
            values.put(table.columns().get(i).name(), row.get(i));
        }
        return values;
    }

    /** Dates and truth values of other rows may be the same by chance. */
    static boolean isMarker(Column column, @Nullable String value) {
        if (value == null || value.length() < SHORTEST_MARKER) {
            return false;
        }
        return switch (column.type().name()) {
            case "text", "citext", "varchar", "bpchar", "name", "uuid", "int4", "int8", "numeric", "json", "jsonb" ->
                true;
            default -> false;
        };
    }
}
