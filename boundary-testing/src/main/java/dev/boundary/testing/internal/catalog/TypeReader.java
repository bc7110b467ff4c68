package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.testing.internal.catalog.PgType.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads types from the catalog, each once. Not safe for use by several threads. */
final class TypeReader {

    private static final SqlFile SQL = SqlFile.of(TypeReader.class);
    private static final int NO_MODIFIER = -1;

    private final Connection connection;
    private final Map<String, PgType> known = new HashMap<>();

    TypeReader(Connection connection) {
        this.connection = connection;
    }

    PgType read(long oid, int modifier) throws SQLException {
        String id = oid + ":" + modifier;
        PgType type = known.get(id);
        if (type == null) {
            type = fetch(oid, modifier);
            known.put(id, type);
        }
        return type;
    }

    private PgType fetch(long oid, int modifier) throws SQLException {
        Row row = new Row(Jdbc.rows(connection, SQL.text("type"), modifier, oid).getFirst(), modifier);
        return new PgType(
                row.text(0), row.text(1), row.kind(), modifier, row.list(7), inner(row), fields(row), row.list(8));
    }

    private @Nullable PgType inner(Row row) throws SQLException {
        return switch (row.kind()) {
            case DOMAIN -> read(row.number(4), (int) row.number(5));
            case ARRAY -> read(row.number(3), row.modifier());
            case RANGE, MULTIRANGE -> read(row.number(9), NO_MODIFIER);
            case BASE, ENUM, COMPOSITE -> null;
        };
    }

    private Map<String, PgType> fields(Row row) throws SQLException {
        Map<String, PgType> fields = new LinkedHashMap<>();
        if (row.kind() == Kind.COMPOSITE) {
            for (List<@Nullable String> values : Jdbc.rows(connection, SQL.text("fields"), row.number(6))) {
                Row field = new Row(values, NO_MODIFIER);
                fields.put(field.text(0), read(field.number(1), (int) field.number(2)));
            }
        }
        return fields;
    }

    /** A row of a query for a type with a modifier. */
    private record Row(List<@Nullable String> values, int modifier) {

        String text(int column) {
            return Objects.requireNonNull(values.get(column));
        }

        long number(int column) {
            return Long.parseLong(text(column));
        }

        List<String> list(int column) {
            String array = values.get(column);
            return array == null ? List.of() : ArrayText.parse(array);
        }

        Kind kind() {
            return Kind.valueOf(text(2));
        }
    }
}
