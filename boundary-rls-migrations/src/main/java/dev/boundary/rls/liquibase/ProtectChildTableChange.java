package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code protectChildTable}: see {@link TableChanges#protectTable}. */
@DatabaseChange(
        name = "protectChildTable",
        description = "Protects a table that reaches its tenant through a foreign key",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class ProtectChildTableChange extends GrantingChange {

    private @Nullable String foreignKeyColumns;

    /** For Liquibase. */
    public ProtectChildTableChange() {}

    /**
     * Columns of the foreign key to the parent, separated by commas.
     *
     * @return the value, or null if it is missing, which {@link #validate} reports
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
     * @param foreignKeyColumns the value, or null for none
     */
    public void setForeignKeyColumns(@Nullable String foreignKeyColumns) {
        this.foreignKeyColumns = foreignKeyColumns;
    }

    @Override
    RlsChange model(Database database) {
        return TableChanges.protectTable(
                table(database),
                TableRows.byForeignKey(columns("foreignKeyColumns", foreignKeyColumns)),
                roles(),
                privileges(TablePrivilege.ALL));
    }
}
