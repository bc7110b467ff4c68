package dev.boundary.rls.liquibase;

import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import java.util.Set;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** A change to one table. */
public abstract class TableRolesChange extends RolesChange {

    private @Nullable String tableName;
    private @Nullable String privileges;

    TableRolesChange() {}

    /**
     * Table to change.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "table to change",
            requiredForDatabase = "postgresql",
            supportsDatabase = "postgresql")
    public @Nullable String getTableName() {
        return tableName;
    }

    /**
     * Sets it.
     *
     * @param tableName the value
     */
    public void setTableName(@Nullable String tableName) {
        this.tableName = tableName;
    }

    /**
     * What the application role may do: any of select, insert, update, delete, separated by commas.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description =
                    "what the application role may do: any of select, insert, update, delete, separated by commas",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getPrivileges() {
        return privileges;
    }

    /**
     * Sets it.
     *
     * @param privileges the value
     */
    public void setPrivileges(@Nullable String privileges) {
        this.privileges = privileges;
    }

    final TableName table(Database database) {
        return new TableName(schema(getSchemaName(), database), required("tableName", tableName));
    }

    final Set<TablePrivilege> privileges(Set<TablePrivilege> otherwise) {
        return privileges == null || privileges.isBlank() ? otherwise : TablePrivilege.parse(privileges);
    }
}
