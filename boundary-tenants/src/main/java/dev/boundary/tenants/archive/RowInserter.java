package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Inserts rows in batches, one statement each. PostgreSQL refuses COPY FROM under row-level security. */
final class RowInserter {

    private static final int BATCH_ROWS = 1_000;
    private static final int BATCH_CHARACTERS = 1 << 20;

    private final Connection connection;
    private final TableImport target;
    private final String sql;
    private final List<@Nullable String[]> rows = new ArrayList<>();
    private int characters;

    RowInserter(Connection connection, TableImport target) {
        this.connection = connection;
        this.target = target;
        this.sql = "insert into " + target.table().name().quoted() + " ("
                + Quoting.identifiers(
                        target.columns().stream().map(Column::name).toList())
                + ") overriding system value select "
                + IntStream.range(0, target.columns().size())
                        .mapToObj(i -> typed(target.columns().get(i), "r.c" + i))
                        .collect(Collectors.joining(", "))
                + " from " + arrays(target.columns().size());
    }

    /** Text columns side by side, from arrays of equal length, one bind value each. */
    static String arrays(int columns) {
        return IntStream.range(0, columns)
                        .mapToObj(i -> "pg_catalog.unnest(?::pg_catalog.text[])")
                        .collect(Collectors.joining(", ", "rows from (", ")"))
                + IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(Collectors.joining(", ", " as r(", ")"));
    }

    /** Without length and precision: a cast cuts off what is too long, an assignment refuses it. */
    static String typed(Column column, String text) {
        return text + "::" + column.castType();
    }

    static void bind(PreparedStatement statement, Connection connection, List<@Nullable String[]> rows, int columns)
            throws SQLException {
        for (int i = 0; i < columns; i++) {
            @Nullable Object[] values = new @Nullable Object[rows.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = rows.get(row)[i];
            }
            statement.setArray(i + 1, connection.createArrayOf("text", values));
        }
    }

    void add(@Nullable String[] row) throws SQLException {
        rows.add(row);
        for (String value : row) {
            characters += value == null ? 0 : value.length();
        }
        if (rows.size() == BATCH_ROWS || characters > BATCH_CHARACTERS) {
            flush();
        }
    }

    void flush() throws SQLException {
        if (!rows.isEmpty()) {
            insert(rows);
            rows.clear();
            characters = 0;
        }
    }

    void insert(List<@Nullable String[]> batch) throws SQLException {
        long inserted;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, connection, batch, target.columns().size());
            inserted = statement.executeUpdate();
        }
        if (inserted != batch.size()) {
            throw new TenantDataException("Of " + batch.size() + " rows for table "
                    + target.table().name() + ", " + inserted
                    + " were inserted: a trigger or a rule of the table keeps rows out. Nothing was imported.");
        }
    }
}
