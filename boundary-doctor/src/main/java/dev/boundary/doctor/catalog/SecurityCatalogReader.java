package dev.boundary.doctor.catalog;

import dev.boundary.core.SessionVariable;
import dev.boundary.doctor.catalog.SecurityCatalog.Server;
import dev.boundary.doctor.catalog.ServerReader.Header;
import dev.boundary.rls.internal.catalog.Installation;
import dev.boundary.rls.internal.catalog.InstallationUnavailableException;
import dev.boundary.rls.internal.catalog.ProtectedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@link SecurityCatalog} in one read-only transaction, which it ends by rolling back. The number of
 * statements does not depend on the number of objects.
 */
public final class SecurityCatalogReader {

    private static final int VERSION_15 = 150000;

    private final Connection connection;
    private final ServerReader onServer;
    private final SchemaObjectReader inSchemas;

    private SecurityCatalogReader(Connection connection) {
        CatalogQueries queries = new CatalogQueries(connection);
        this.connection = connection;
        this.onServer = new ServerReader(queries);
        this.inSchemas = new SchemaObjectReader(queries);
    }

    /**
     * Reads the catalog of the database behind a connection.
     *
     * @param connection an open connection in autocommit mode; left so
     * @param variable the session variable, unless the database says which one was installed
     * @return the catalog
     * @throws IllegalArgumentException if the connection is inside a transaction, or {@code boundary.installation} was
     *     changed by hand to something that {@code installBoundary} does not write
     * @throws SQLException if the catalog cannot be read
     */
    public static SecurityCatalog read(Connection connection, SessionVariable variable) throws SQLException {
        if (!connection.getAutoCommit()) {
            throw new IllegalArgumentException("The connection is not in autocommit mode, so the doctor's read-only"
                    + " transaction would end yours. Give it a connection of its own.");
        }
        connection.setAutoCommit(false);
        try {
            return new SecurityCatalogReader(connection).inTransaction(variable);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private SecurityCatalog inTransaction(SessionVariable variable) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read, read only");
            statement.execute("set local search_path = pg_catalog, pg_temp");
        }
        Header header = onServer.header(variable);
        Installation installation = header.installationReadable() ? installation() : null;
        List<ProtectedTable> protectedTables =
                header.installationReadable() ? ProtectedTable.readAll(connection) : List.of();
        if (installation != null && !installation.sessionVariable().equals(variable)) {
            header = onServer.header(installation.sessionVariable());
        }
        return catalog(header.server(), installation, protectedTables);
    }

    /** Null if the installation was not finished: there is nothing to compare with yet. */
    private @Nullable Installation installation() throws SQLException {
        try {
            return Installation.read(connection);
        } catch (InstallationUnavailableException e) {
            return null;
        }
    }

    private SecurityCatalog catalog(
            Server server, @Nullable Installation installation, List<ProtectedTable> protectedTables)
            throws SQLException {
        boolean from15 = server.versionNumber() >= VERSION_15;
        return new SecurityCatalog(
                server,
                onServer.roles(),
                onServer.memberships(),
                inSchemas.relations(),
                inSchemas.columns(),
                inSchemas.policies(),
                inSchemas.indexes(),
                inSchemas.foreignKeys(),
                inSchemas.inheritance(),
                inSchemas.readers(),
                inSchemas.routines(),
                inSchemas.triggers(),
                inSchemas.rewriteRules(),
                onServer.schemas(),
                onServer.databaseGrants(),
                onServer.defaultPrivileges(),
                onServer.settings(),
                from15 ? onServer.parameterGrants() : List.of(),
                inSchemas.publications(from15),
                installation,
                protectedTables);
    }
}
