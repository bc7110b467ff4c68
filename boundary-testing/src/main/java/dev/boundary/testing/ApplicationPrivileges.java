package dev.boundary.testing;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** What the application role may do in the database of a test, before a check grants more in a copy of it. */
final class ApplicationPrivileges implements AutoCloseable {

    private static final SqlFile SQL = SqlFile.of(ApplicationPrivileges.class);
    private static final Set<String> OF_WHOLE_TABLES = Set.of("DELETE", "TRUNCATE");
    private static final String YES = "t";

    private final Connection superuser;
    private final String role;

    ApplicationPrivileges(DatabaseFixture database) throws SQLException {
        this.superuser = database.database().superuser().getConnection();
        this.role = database.setup().roles().application();
    }

    /** Whether the role has a privilege on a table, or on some of its columns. */
    boolean has(String privilege, TableName table) throws SQLException {
        String query = OF_WHOLE_TABLES.contains(privilege) ? "on-table" : "on-table-or-columns";
        return YES.equals(Jdbc.value(superuser, SQL.text(query), role, table.quoted(), privilege));
    }

    boolean canUpdate(TableName table, String column) throws SQLException {
        return YES.equals(Jdbc.value(superuser, SQL.text("on-column"), role, table.quoted(), column));
    }

    @Override
    public void close() throws SQLException {
        superuser.close();
    }
}
