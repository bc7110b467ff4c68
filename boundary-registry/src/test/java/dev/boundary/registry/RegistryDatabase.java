package dev.boundary.registry;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.registry.Change;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.CreateTenantRegistry;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.InstallBoundary.LeakproofMode;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.rls.RlsScript;
import dev.boundary.rls.RoleNames;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Databases with the registry's tables, as the changes of {@code boundary-rls-migrations} make them. */
final class RegistryDatabase {

    static final Change CHANGE = new Change("ann", "a test");

    private RegistryDatabase() {}

    static TestDatabase create(TenantKeyType type) throws SQLException {
        TestDatabase database = PostgresServer.shared().createDatabase();
        PGSimpleDataSource owner = database.owner();
        owner.setPreferQueryMode(PreferQueryMode.SIMPLE);
        TestDatabase.execute(
                owner,
                RlsScript.update(List.of(
                        new InstallBoundary(
                                type,
                                SessionVariable.DEFAULT,
                                MissingTenant.ERROR,
                                PredicateForm.PINNED,
                                LeakproofMode.OFF),
                        new CreateBoundaryRoles(RoleNames.DEFAULT, "public"),
                        new CreateTenantRegistry(RoleNames.DEFAULT))));
        return database;
    }

    static void empty(TestDatabase database) throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "alter table boundary.tenant_change disable trigger user",
                "delete from boundary.tenant",
                "delete from boundary.tenant_change",
                "alter table boundary.tenant_change enable trigger user");
    }

    static List<String> rows(TestDatabase database, String query) throws SQLException {
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    line.append(i == 1 ? "" : " | ").append(rows.getString(i));
                }
                lines.add(line.toString());
            }
            return lines;
        }
    }
}
