package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import java.util.List;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code addTenantForeignKey}: see {@link TableChanges#addTenantForeignKey}. */
@DatabaseChange(
        name = "addTenantForeignKey",
        description = "Adds a foreign key that names the tenant on both sides, in place of the one without",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class AddTenantForeignKeyChange extends TenantColumnChange {

    private @Nullable String columnNames;
    private @Nullable String constraintName;
    private @Nullable String referencedTableName;
    private @Nullable String referencedSchemaName;
    private @Nullable String referencedColumnNames;
    private @Nullable String referencedTenantColumn;

    /** For Liquibase. */
    public AddTenantForeignKeyChange() {}

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

    /**
     * Referenced table; default that of the foreign key that is replaced.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "referenced table; default that of the foreign key that is replaced",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getReferencedTableName() {
        return referencedTableName;
    }

    /**
     * Sets it.
     *
     * @param referencedTableName the value, or null for none
     */
    public void setReferencedTableName(@Nullable String referencedTableName) {
        this.referencedTableName = referencedTableName;
    }

    /**
     * Schema of the referenced table; default that of the referring table.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "schema of the referenced table; default that of the referring table",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getReferencedSchemaName() {
        return referencedSchemaName;
    }

    /**
     * Sets it.
     *
     * @param referencedSchemaName the value, or null for none
     */
    public void setReferencedSchemaName(@Nullable String referencedSchemaName) {
        this.referencedSchemaName = referencedSchemaName;
    }

    /**
     * Referenced columns besides the tenant column; default those of the foreign key that is replaced.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description =
                    "referenced columns besides the tenant column; default those of the foreign key that is replaced",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getReferencedColumnNames() {
        return referencedColumnNames;
    }

    /**
     * Sets it.
     *
     * @param referencedColumnNames the value, or null for none
     */
    public void setReferencedColumnNames(@Nullable String referencedColumnNames) {
        this.referencedColumnNames = referencedColumnNames;
    }

    /**
     * Tenant column of the referenced table; default the name of the referring one.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "tenant column of the referenced table; default the name of the referring one",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getReferencedTenantColumn() {
        return referencedTenantColumn;
    }

    /**
     * Sets it.
     *
     * @param referencedTenantColumn the value, or null for none
     */
    public void setReferencedTenantColumn(@Nullable String referencedTenantColumn) {
        this.referencedTenantColumn = referencedTenantColumn;
    }

    @Override
    RlsChange model(Database database) {
        return TableChanges.addTenantForeignKey(
                table(database),
                column(),
                columns("columnNames", columnNames),
                referencedTableName == null
                        ? null
                        : new TableName(
                                orElse(referencedSchemaName, schema(getSchemaName(), database)), referencedTableName),
                orElse(referencedTenantColumn, column()),
                referencedColumnNames == null ? List.of() : columns("referencedColumnNames", referencedColumnNames),
                constraintName);
    }
}
