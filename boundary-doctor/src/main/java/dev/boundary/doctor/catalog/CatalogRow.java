package dev.boundary.doctor.catalog;

import dev.boundary.doctor.catalog.SecurityCatalog.Grant;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The row at the cursor of a result, with its columns in the types that the catalog has. */
final class CatalogRow {

    private final ResultSet row;

    CatalogRow(ResultSet row) {
        this.row = row;
    }

    long oid(int column) throws SQLException {
        return row.getLong(column);
    }

    int integer(int column) throws SQLException {
        return row.getInt(column);
    }

    boolean flag(int column) throws SQLException {
        return row.getBoolean(column);
    }

    /** For columns that the catalog declares NOT NULL; an empty text stands for what should not happen. */
    String text(int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    @Nullable
    String nullableText(int column) throws SQLException {
        return row.getString(column);
    }

    char letter(int column) throws SQLException {
        String text = text(column);
        return text.isEmpty() ? ' ' : text.charAt(0);
    }

    Grant grant(int column) throws SQLException {
        return grant(text(column));
    }

    List<Grant> grants(int column) throws SQLException {
        return list(column, CatalogRow::grant);
    }

    List<Long> oids(int column) throws SQLException {
        return list(column, Long::valueOf);
    }

    List<Integer> integers(int column) throws SQLException {
        return list(column, Integer::valueOf);
    }

    List<String> texts(int column) throws SQLException {
        return list(column, text -> text);
    }

    private static Grant grant(String text) {
        int colon = text.indexOf(':');
        return new Grant(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
    }

    private <T> List<T> list(int column, Function<String, T> convert) throws SQLException {
        @Nullable Array array = row.getArray(column);
        if (array == null) {
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (Object value : (Object[]) array.getArray()) {
            values.add(convert.apply((String) value));
        }
        return List.copyOf(values);
    }
}
