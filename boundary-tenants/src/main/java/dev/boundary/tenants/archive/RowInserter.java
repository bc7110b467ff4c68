package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.catalog.CatalogColumn;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.TenantDataException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Inserts rows in batches, one statement each. PostgreSQL rejects COPY FROM under row-level security. */
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
        this.sql = sql(target);
    }

    private static String sql(TableImport target) {
        List<CatalogColumn> columns = target.columns();
        String names =
                Quoting.identifiers(columns.stream().map(CatalogColumn::name).toList());
        String values = IntStream.range(0, columns.size())
                .mapToObj(i -> RowArrays.value(columns.get(i), i))
                .collect(Collectors.joining(", "));
        return "insert into " + target.table().name().quoted() + " (" + names + ") overriding system value select "
                + values + " from " + RowArrays.from(columns.size());
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
            RowArrays.bind(statement, batch, target.columns().size());
            inserted = statement.executeUpdate();
        }
        if (inserted != batch.size()) {
            throw keptOut(batch.size(), inserted);
        }
    }

    private TenantDataException keptOut(int rows, long inserted) {
        return new TenantDataException(
                "Of " + rows + " rows for table " + target.table().name() + ", " + inserted
                        + " were inserted: a trigger or a rule of the table keeps rows out. Nothing was imported.");
    }
}
