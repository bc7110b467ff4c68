package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.archive.ArchiveRows.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Inserts rows that reference rows of their own table by a foreign key that is checked at once. Rows whose target is in
 * the same batch or in the database go in; the others wait for the next reading of the file. Rows in a cycle that spans
 * batches are left over in the end and are inserted by one statement.
 */
final class SelfReferenceInserter {

    private static final int BATCH = 1_000;
    private static final int MAX_CYCLE = 100_000;

    private final TableImport target;
    private final ReferenceLookup lookup;
    private final RowInserter inserter;
    private final SelfReferenceBatch batch;

    /** Reads the rewritten rows of the file in their order, from the first. */
    @FunctionalInterface
    interface Rows {
        void forEach(RowReader reader) throws SQLException;
    }

    SelfReferenceInserter(Connection connection, TableImport target, List<CatalogForeignKey> keys) {
        this.target = target;
        this.lookup = new ReferenceLookup(connection, target);
        this.inserter = new RowInserter(connection, target);
        this.batch = new SelfReferenceBatch(target, keys);
    }

    void insert(Rows rows) throws SQLException {
        BitSet left = new BitSet();
        left.set(1, Math.toIntExact(target.file().rows()) + 1);
        while (!left.isEmpty()) {
            BitSet waiting = insertReady(rows, left);
            if (waiting.cardinality() == left.cardinality()) {
                insertTogether(rows, waiting);
                return;
            }
            left = waiting;
        }
    }

    /** Returns the lines that have to wait. */
    private BitSet insertReady(Rows rows, BitSet lines) throws SQLException {
        BitSet waiting = new BitSet();
        rows.forEach((values, line) -> {
            if (lines.get((int) line)) {
                batch.add(new SelfReferenceBatch.Row((int) line, Arrays.asList(values)));
            }
            if (batch.size() == BATCH) {
                insertBatch(waiting);
            }
        });
        insertBatch(waiting);
        return waiting;
    }

    private void insertBatch(BitSet waiting) throws SQLException {
        Set<Integer> late = batch.waiting(lookup);
        late.forEach(i -> waiting.set(batch.get(i).line()));
        List<@Nullable String[]> ready = batch.without(late);
        if (!ready.isEmpty()) {
            inserter.insert(ready);
        }
        batch.clear();
    }

    private void insertTogether(Rows rows, BitSet lines) throws SQLException {
        requireInsertable(lines.cardinality());
        List<@Nullable String[]> cycle = new ArrayList<>();
        rows.forEach((values, line) -> {
            if (lines.get((int) line)) {
                cycle.add(values);
            }
        });
        inserter.insert(cycle);
    }

    private void requireInsertable(int cycle) {
        if (cycle > MAX_CYCLE) {
            throw tooLarge(cycle);
        }
    }

    private TenantDataException tooLarge(int cycle) {
        return new TenantDataException("Table " + target.table().name() + " has " + cycle
                + " rows that reference each other in cycles, more than the limit of " + MAX_CYCLE
                + " for one statement. Make the foreign key deferrable, and import again.");
    }
}
