package dev.boundary.testing;

import dev.boundary.jooq.Layers;
import dev.boundary.rls.TableName;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.TypedTable;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the checks of some layers share. Its database is created when a check first asks for it. */
final class ContractFixture implements AutoCloseable {

    private final DatabaseFixture origin;
    private final Layers layers;
    private final TenantRowCounter rows;
    private @Nullable ContractDatabase database;
    private @Nullable ApplicationPrivileges privileges;
    private @Nullable RuntimeException failure;

    ContractFixture(DatabaseFixture origin, Layers layers) {
        this.origin = origin;
        this.layers = layers;
        this.rows = new TenantRowCounter(origin.setup().schema());
    }

    /** The database; tried once. */
    synchronized ContractDatabase database() {
        if (failure != null) {
            throw failure;
        }
        ContractDatabase created = database;
        if (created == null) {
            created = create();
            database = created;
        }
        return created;
    }

    private ContractDatabase create() {
        try {
            return ContractDatabase.create(origin, layers, rows);
        } catch (SQLException e) {
            failure = new IllegalStateException("Cannot generate the rows of the contract: " + e.getMessage(), e);
            throw failure;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    synchronized ApplicationPrivileges privileges() throws SQLException {
        ApplicationPrivileges created = privileges;
        if (created == null) {
            created = new ApplicationPrivileges(origin);
            privileges = created;
        }
        return created;
    }

    boolean hasPolicies() {
        return layers != Layers.QUERY_ONLY;
    }

    boolean hasQueryLayer() {
        return layers != Layers.RLS_ONLY;
    }

    /** Counts the rows that a tenant owns or may see. */
    TenantRowCounter rows() {
        return rows;
    }

    Optional<TypedTable> find(TableName name) {
        return origin.catalog().find(name);
    }

    TypedTable table(TableName name) {
        return find(name)
                .orElseThrow(() -> new AssertionError(
                        "Table " + name + " is declared and is not in the database. Does the change log create it?"));
    }

    Ownership ownership(TableName table) {
        return origin.ownership().getOrDefault(table, Ownership.SHARED);
    }

    @Override
    public synchronized void close() {
        try {
            if (database != null) {
                database.close();
            }
            if (privileges != null) {
                privileges.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The database of the contract cannot be dropped", e);
        } finally {
            database = null;
            privileges = null;
        }
    }
}
