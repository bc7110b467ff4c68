package dev.boundary.testing;

import dev.boundary.rls.TableName;
import dev.boundary.testing.internal.catalog.GeneratedRow;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.RowGenerator;
import dev.boundary.testing.internal.catalog.TypedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows of a tenant in every table, which no other tenant may read or change. Not safe for use by several threads. */
final class Canaries implements AutoCloseable {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final DatabaseFixture database;
    private final Connection superuser;
    private final RowGenerator generator;
    private final Map<String, GeneratedRow> byMarker = new LinkedHashMap<>();
    private final Map<GeneratedRow, Optional<GeneratedRow.State>> states = new LinkedHashMap<>();
    private boolean deleted;

    private Canaries(DatabaseFixture database, Connection superuser) {
        this.database = database;
        this.superuser = superuser;
        this.generator = database.rowGenerator(superuser);
    }

    static Canaries plant(DatabaseFixture database, String tenant) throws SQLException {
        Connection superuser = database.database().superuser().getConnection();
        try {
            Canaries canaries = new Canaries(database, superuser);
            canaries.generate(tenant);
            canaries.remember(tenant);
            return canaries;
        } catch (SQLException | RuntimeException e) {
            superuser.close();
            throw e;
        }
    }

    private boolean hasTenantRows(TableName table) {
        return database.ownership().getOrDefault(table, Ownership.SHARED).hasTenantRows();
    }

    private void generate(String tenant) throws SQLException {
        for (TypedTable table : database.catalog().tables()) {
            boolean exists =
                    generator.generated().stream().anyMatch(row -> row.table().equals(table.name()));
            if (hasTenantRows(table.name()) && !exists) {
                generator.generate(table.name(), tenant);
            }
        }
    }

    private void remember(String tenant) throws SQLException {
        Set<String> shared = new HashSet<>();
        for (GeneratedRow row : generator.generated()) {
            if (hasTenantRows(row.table()) && tenant.equals(row.tenant())) {
                states.put(row, row.state(superuser));
                row.markers().forEach(marker -> byMarker.putIfAbsent(marker, row));
            } else {
                shared.addAll(row.markers());
            }
        }
        shared.forEach(byMarker::remove);
        if (states.isEmpty()) {
            throw new IllegalStateException("No table has rows of tenants, so there is nothing to isolate.");
        }
    }

    /** The row that a value or a message discloses, if any. */
    Optional<GeneratedRow> readIn(String text) {
        GeneratedRow exact = byMarker.get(text);
        if (exact != null) {
            return Optional.of(exact);
        }
        return byMarker.entrySet().stream()
                .filter(marker -> text.contains(marker.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** What happened to the rows since they were planted. */
    List<String> changes() throws SQLException {
        List<String> changes = new ArrayList<>();
        for (Map.Entry<GeneratedRow, Optional<GeneratedRow.State>> entry : states.entrySet()) {
            Optional<GeneratedRow.State> now = entry.getKey().state(superuser);
            if (!now.equals(entry.getValue())) {
                changes.add(describe(entry.getKey()) + change(entry.getValue(), now));
            }
        }
        return changes;
    }

    private static String change(Optional<GeneratedRow.State> before, Optional<GeneratedRow.State> now) {
        return GeneratedRow.State.isSameVersion(before, now)
                ? " was locked, or changed in a transaction that did not commit."
                : " was deleted or changed.";
    }

    static String describe(GeneratedRow row) {
        return "The row of tenant " + row.tenant() + " in " + row.table() + " " + row.values();
    }

    /**
     * Deletes every generated row.
     *
     * @return false if a transaction that is still open holds one of them, so that they cannot be deleted yet
     */
    boolean delete() throws SQLException {
        if (deleted) {
            return true;
        }
        superuser.setAutoCommit(false);
        try {
            deleteInTransaction();
            deleted = true;
        } catch (SQLException e) {
            superuser.rollback();
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
        } finally {
            superuser.setAutoCommit(true);
        }
        return deleted;
    }

    private void deleteInTransaction() throws SQLException {
        database.limitLockWaits(superuser);
        for (GeneratedRow row : generator.generated().reversed()) {
            row.delete(superuser);
        }
        superuser.commit();
    }

    @Override
    public void close() throws SQLException {
        try (superuser) {
            if (!delete()) {
                throw new IllegalStateException("The canary rows of an isolation check cannot be deleted: a"
                        + " transaction that the test has not ended holds one of them.");
            }
        }
    }
}
