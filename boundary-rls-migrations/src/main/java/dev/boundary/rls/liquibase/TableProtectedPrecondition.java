package dev.boundary.rls.liquibase;

import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import liquibase.database.Database;

/** {@code tableProtected}: the table is as the change that protected it left it. See {@link TableChanges#findDrift}. */
public final class TableProtectedPrecondition extends BoundaryPrecondition {

    /** For Liquibase. */
    public TableProtectedPrecondition() {
        super("tableName", "schemaName", "applicationRole", "adminRole");
    }

    @Override
    public String getName() {
        return "tableProtected";
    }

    @Override
    void checkAttributes(Database database) {
        table(database);
        roles();
    }

    @Override
    List<String> find(Database database, Connection connection) throws SQLException {
        return TableChanges.findDrift(connection, table(database), roles());
    }

    private TableName table(Database database) {
        return new TableName(
                BoundaryChange.schema(value("schemaName"), database),
                BoundaryChange.required("tableName", value("tableName")));
    }

    private RoleNames roles() {
        return RolesChange.roles(null, value("applicationRole"), value("adminRole"));
    }
}
