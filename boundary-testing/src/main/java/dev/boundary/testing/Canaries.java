package dev.boundary.testing;

import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.testing.internal.catalog.MadeRow;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.RowMaker;
import dev.boundary.testing.internal.catalog.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows of a tenant in every table, that nobody else may read or change. Not safe for use by several threads. */
final class Canaries implements AutoCloseable {

    /** How long something else's lock is waited for: it is a test's own, which nobody will end meanwhile. */
    static final String PATIENCE = "500ms";

    static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Connection superuser;
    private final RowMaker maker;
    private final List<MadeRow> rows = new ArrayList<>();
    private final Map<String, MadeRow> byMarker = new LinkedHashMap<>();
    private final Map<MadeRow, Optional<MadeRow.State>> states = new LinkedHashMap<>();
    private boolean removed;

    private Canaries(Connection superuser, RowMaker maker) {
        this.superuser = superuser;
        this.maker = maker;
    }

    static Canaries plant(DatabaseFixture database, String tenant) throws SQLException {
        Connection superuser = database.database().superuser().getConnection();
        try {
            RowMaker maker = database.rowMaker(superuser);
            Canaries canaries = new Canaries(superuser, maker);
            for (Table table : database.catalog().tables()) {
                Ownership owner = database.ownership().getOrDefault(table.name(), Ownership.SHARED);
                boolean there =
                        maker.made().stream().anyMatch(row -> row.table().equals(table.name()));
                if (owner.isTenants() && !there) {
                    maker.make(table.name(), tenant);
                }
            }
            canaries.arm(database, tenant);
            return canaries;
        } catch (SQLException | RuntimeException e) {
            superuser.close();
            throw e;
        }
    }

    private void arm(DatabaseFixture database, String tenant) throws SQLException {
        Set<String> shared = new HashSet<>();
        for (MadeRow row : maker.made()) {
            boolean tenants = database.ownership()
                    .getOrDefault(row.table(), Ownership.SHARED)
                    .isTenants();
            if (tenants && tenant.equals(row.tenant())) {
                rows.add(row);
                states.put(row, row.state(superuser));
                row.markers().forEach(marker -> byMarker.putIfAbsent(marker, row));
            } else {
                shared.addAll(row.markers());
            }
        }
        shared.forEach(byMarker::remove);
        if (rows.isEmpty()) {
            throw new IllegalStateException("No table has rows of tenants, so there is nothing to be isolated.");
        }
    }

    /** The row that a value or a message gives away, if any. */
    Optional<MadeRow> readIn(String text) {
        MadeRow exact = byMarker.get(text);
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
        for (Map.Entry<MadeRow, Optional<MadeRow.State>> entry : states.entrySet()) {
            Optional<MadeRow.State> now = entry.getKey().state(superuser);
            if (!now.equals(entry.getValue())) {
                changes.add(describe(entry.getKey())
                        + (now.map(MadeRow.State::version)
                                        .equals(entry.getValue().map(MadeRow.State::version))
                                ? " was locked, or changed in a transaction that did not commit."
                                : " was deleted or changed."));
            }
        }
        return changes;
    }

    static String describe(MadeRow row) {
        return "The row of tenant " + row.tenant() + " in " + row.table() + " " + row.values();
    }

    List<MadeRow> rows() {
        return List.copyOf(rows);
    }

    /**
     * Takes away every row that was made.
     *
     * @return false if a transaction that is still open holds one of them, so that it cannot be taken away yet
     */
    boolean remove() throws SQLException {
        if (removed) {
            return true;
        }
        superuser.setAutoCommit(false);
        try {
            Jdbc.run(superuser, "set local lock_timeout = '" + PATIENCE + "'");
            for (MadeRow row : maker.made().reversed()) {
                row.delete(superuser);
            }
            superuser.commit();
            removed = true;
        } catch (SQLException e) {
            superuser.rollback();
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
        } finally {
            superuser.setAutoCommit(true);
        }
        return removed;
    }

    @Override
    public void close() throws SQLException {
        try (superuser) {
            if (!remove()) {
                throw new IllegalStateException("The canary rows of an isolation check cannot be taken away: a"
                        + " transaction that the test has not ended holds one of them.");
            }
        }
    }
}
