package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.catalog.CatalogColumn;
import java.sql.SQLException;
import java.util.Set;

/** Reads the old keys of an archive before any row is written, because rows may reference rows that come later. */
final class KeyCollector {

    private final ArchiveRows rows;
    private final KeyRenewal renewal;
    private final Sequences sequences;

    KeyCollector(ArchiveRows rows, KeyRenewal renewal, Sequences sequences) {
        this.rows = rows;
        this.renewal = renewal;
        this.sequences = sequences;
    }

    void collect(TableImport target) throws SQLException {
        for (CatalogColumn column : target.columns()) {
            if (renewal.renews(target.table(), column)) {
                collect(target, column);
            }
        }
    }

    private void collect(TableImport target, CatalogColumn column) throws SQLException {
        KeyRenewal.Origin origin = new KeyRenewal.Origin(target.table().name(), column.name());
        String sequence = column.sequence();
        if (sequence != null && renewal.isMapped(target.table(), origin)) {
            collectNumbers(target, column, sequence, renewal.numbers(origin));
        } else if (sequence == null && renewal.mayBeShared(origin)) {
            collectIds(target, column, renewal.ownIds(origin));
        }
    }

    private void collectNumbers(TableImport target, CatalogColumn column, String sequence, LongMap numbers)
            throws SQLException {
        int position = target.position(column.name());
        rows.parsed(target, "read keys", (row, line) -> {
            String old = row[position];
            if (old != null && !numbers.has(target.number(column, old, line))) {
                numbers.put(target.number(column, old, line), sequences.next(sequence, target.rowsFrom(line)));
            }
        });
    }

    private void collectIds(TableImport target, CatalogColumn column, Set<String> ids) throws SQLException {
        int position = target.position(column.name());
        rows.parsed(target, "read keys", (row, line) -> {
            String old = row[position];
            if (old != null) {
                ids.add(old);
            }
        });
    }
}
