package dev.boundary.tenants.internal.tables;

import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.rls.internal.catalog.CatalogTable;
import dev.boundary.rls.internal.catalog.DatabaseCatalog;
import dev.boundary.rls.internal.catalog.DatabaseCatalogReader;
import dev.boundary.rls.internal.catalog.Installation;
import dev.boundary.rls.internal.catalog.InstallationUnavailableException;
import dev.boundary.rls.internal.catalog.ProtectedTable;
import dev.boundary.tenants.TenantDataException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the protected tables of a database. */
public final class TenantDataModelReader {

    private final Connection connection;

    /**
     * A reader on a connection.
     *
     * @param connection a connection in a transaction, of a role that may read schema {@code boundary}; not closed
     */
    public TenantDataModelReader(Connection connection) {
        this.connection = connection;
    }

    /**
     * Reads the tables.
     *
     * @return the tables
     * @throws SQLException if the catalog cannot be read
     * @throws TenantDataException if Boundary is not installed, protects no table, or lists a table that does not exist
     */
    public TenantDataModel read() throws SQLException {
        Installation installation = installation();
        List<ProtectedTable> protectedTables = ProtectedTable.readAll(connection);
        DatabaseCatalog catalog = new DatabaseCatalogReader(connection)
                .tables(protectedTables.stream().map(ProtectedTable::name).toList());
        requireAll(protectedTables, catalog);
        requireAny(protectedTables);
        List<TenantDataTable> tables =
                protectedTables.stream().map(table -> join(table, catalog)).toList();
        return new TenantDataModel(installation, tables, catalog.foreignKeys());
    }

    private Installation installation() throws SQLException {
        try {
            return Installation.read(connection);
        } catch (InstallationUnavailableException e) {
            throw new TenantDataException(
                    "Boundary is not installed in this database, or this role may not read boundary.installation. Run"
                            + " the changes installBoundary and createBoundaryRoles, and connect as the application"
                            + " role.",
                    e);
        }
    }

    private static void requireAll(List<ProtectedTable> protectedTables, DatabaseCatalog catalog) {
        Findings missing = new Findings();
        protectedTables.stream()
                .map(ProtectedTable::name)
                .filter(name -> catalog.find(name).isEmpty())
                .forEach(name -> missing.add("boundary.protected_table lists table " + name
                        + ", which does not exist. If it was renamed, its rows would be missed: roll its protection"
                        + " back under the old name, and protect it under the new one."));
        missing.requireNone("The tables with tenants' rows are not known");
    }

    private static void requireAny(List<ProtectedTable> protectedTables) {
        if (protectedTables.isEmpty()) {
            throw new TenantDataException(
                    "No table of this database is protected, so no table is known to have tenants'"
                            + " rows. Protect them (protectTenantTable and its siblings), or check whether this is the"
                            + " right database.");
        }
    }

    private static TenantDataTable join(ProtectedTable table, DatabaseCatalog catalog) {
        CatalogTable structure = catalog.find(table.name()).orElseThrow();
        return new TenantDataTable(structure, table, toParent(table, structure));
    }

    private static @Nullable CatalogForeignKey toParent(ProtectedTable table, CatalogTable structure) {
        if (table.parent() == null) {
            return null;
        }
        return structure.foreignKeys().stream()
                .filter(key -> key.target().equals(table.parent())
                        && Set.copyOf(key.columns()).equals(Set.copyOf(table.childColumns())))
                .findFirst()
                .orElseThrow(() -> withoutParent(table));
    }

    private static TenantDataException withoutParent(ProtectedTable table) {
        return new TenantDataException("Table " + table.name() + " has no foreign key on " + table.childColumns()
                + " to " + table.parent() + " any more, by which its rows find their tenant. Create it again.");
    }
}
