package dev.boundary.doctor.catalog;

import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Runs the queries of {@code CatalogQueries.sql} on a connection, and makes an object of each row. */
final class CatalogQueries {

    private static final SqlFile SQL = SqlFile.of(CatalogQueries.class);

    private final Connection connection;

    CatalogQueries(Connection connection) {
        this.connection = connection;
    }

    /** Makes an object of the row at the cursor. */
    @FunctionalInterface
    interface Mapper<T> {
        T map(CatalogRow row) throws SQLException;
    }

    <T> List<T> list(String query, Mapper<T> mapper, String... values) throws SQLException {
        List<T> objects = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SQL.text(query))) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    objects.add(mapper.map(new CatalogRow(rows)));
                }
            }
        }
        return List.copyOf(objects);
    }

    <T> Map<Long, T> byOid(String query, Mapper<T> mapper, ToLongFunction<T> oid) throws SQLException {
        Map<Long, T> byOid = new LinkedHashMap<>();
        list(query, mapper).forEach(object -> byOid.put(oid.applyAsLong(object), object));
        return Collections.unmodifiableMap(byOid);
    }
}
