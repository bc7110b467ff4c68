package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code addTenantUnique}: see {@link TableChanges#addTenantUnique}. */
@DatabaseChange(
        name = "addTenantUnique",
        description = "Makes columns unique for each tenant",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class AddTenantUniqueChange extends TenantColumnChange {

    private @Nullable String columnNames;
    private @Nullable String constraintName;

    /** For Liquibase. */
    public AddTenantUniqueChange() {}

    /**
     * Columns besides the tenant column, separated by commas.
     *
     * @return the value, or null if it is missing, which {@link #validate} reports
     */
    @DatabaseChangeProperty(
            description = "columns besides the tenant column, separated by commas",
            requiredForDatabase = "postgresql",
            supportsDatabase = "postgresql")
    public @Nullable String getColumnNames() {
        return columnNames;
    }

    /**
     * Sets it.
     *
     * @param columnNames the value, or null for none
     */
    public void setColumnNames(@Nullable String columnNames) {
        this.columnNames = columnNames;
    }

    /**
     * Name of the constraint, if it is a new one.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "name of the constraint, if it is a new one",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getConstraintName() {
        return constraintName;
    }

    /**
     * Sets it.
     *
     * @param constraintName the value, or null for none
     */
    public void setConstraintName(@Nullable String constraintName) {
        this.constraintName = constraintName;
    }

    @Override
    RlsChange model(Database database) {
        return TableChanges.addTenantUnique(
                table(database), column(), columns("columnNames", columnNames), constraintName);
    }
}
