package dev.boundary.rls.liquibase;

import dev.boundary.rls.ProtectChildTable;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TablePrivilege;
import java.util.Arrays;
import java.util.List;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code protectChildTable}: see {@link ProtectChildTable}. */
@DatabaseChange(
        name = "protectChildTable",
        description = "Protects a table that reaches its tenant through a foreign key",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class ProtectChildTableChange extends TableRolesChange {

    private @Nullable String foreignKeyColumns;

    /** For Liquibase. */
    public ProtectChildTableChange() {}

    /**
     * Columns of the foreign key to the parent, separated by commas.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "columns of the foreign key to the parent, separated by commas",
            requiredForDatabase = "postgresql",
            supportsDatabase = "postgresql")
    public @Nullable String getForeignKeyColumns() {
        return foreignKeyColumns;
    }

    /**
     * Sets it.
     *
     * @param foreignKeyColumns the value
     */
    public void setForeignKeyColumns(@Nullable String foreignKeyColumns) {
        this.foreignKeyColumns = foreignKeyColumns;
    }

    @Override
    RlsChange model(Database database) {
        List<String> columns = Arrays.stream(
                        required("foreignKeyColumns", foreignKeyColumns).split(",", -1))
                .map(String::strip)
                .toList();
        return new ProtectChildTable(table(database), columns, roles(null), privileges(TablePrivilege.ALL));
    }
}
