package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.rls.internal.sql.Quoting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks up which referenced rows of a table are in the database already. */
final class ReferenceLookup {

    private final Connection connection;
    private final TableImport target;

    ReferenceLookup(Connection connection, TableImport target) {
        this.connection = connection;
        this.target = target;
    }

    /** Those of the referenced values that a row has. */
    Set<List<String>> existing(CatalogForeignKey key, Set<List<String>> wanted) throws SQLException {
        List<@Nullable String[]> rows = new ArrayList<>();
        wanted.forEach(values -> rows.add(values.toArray(new @Nullable String[0])));
        return rows.isEmpty() ? Set.of() : existing(key, rows);
    }

    private Set<List<String>> existing(CatalogForeignKey key, List<@Nullable String[]> rows) throws SQLException {
        int columns = key.columns().size();
        try (PreparedStatement statement = connection.prepareStatement(sql(key))) {
            RowArrays.bind(statement, rows, columns);
            try (ResultSet result = statement.executeQuery()) {
                return values(result, columns);
            }
        }
    }

    private String sql(CatalogForeignKey key) {
        String match = IntStream.range(0, key.columns().size())
                .mapToObj(i -> "t." + Quoting.identifier(key.targetColumns().get(i)) + " "
                        + key.operators().get(i) + " "
                        + RowArrays.value(
                                target.table().column(key.columns().get(i)).orElseThrow(), i))
                .collect(Collectors.joining(" and "));
        return "select r.* from " + RowArrays.from(key.columns().size()) + " where exists (select from "
                + target.table().from() + " as t where " + match + ")";
    }

    private static Set<List<String>> values(ResultSet result, int columns) throws SQLException {
        Set<List<String>> found = new HashSet<>();
        while (result.next()) {
            String[] values = new String[columns];
            for (int i = 0; i < columns; i++) {
                values[i] = Objects.requireNonNull(result.getString(i + 1));
            }
            found.add(Arrays.asList(values));
        }
        return found;
    }
}
