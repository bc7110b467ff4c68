package dev.boundary.rls.liquibase;

import dev.boundary.rls.KeyChanges;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableName;
import java.util.List;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code addTenantForeignKey}: see {@link KeyChanges#addTenantForeignKey}. */
@DatabaseChange(
        name = "addTenantForeignKey",
        description = "Adds a foreign key that names the tenant on both sides, in place of the one without",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class AddTenantForeignKeyChange extends TenantKeyChange {

    private @Nullable String referencedTableName;
    private @Nullable String referencedSchemaName;
    private @Nullable String referencedColumnNames;
    private @Nullable String referencedTenantColumn;

    /** For Liquibase. */
    public AddTenantForeignKeyChange() {}

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
        return new KeyChanges(table(database), column())
                .addTenantForeignKey(
                        columns(),
                        referencedTableName == null
                                ? null
                                : new TableName(orElse(referencedSchemaName, schema(database)), referencedTableName),
                        orElse(referencedTenantColumn, column()),
                        referencedColumnNames == null
                                ? List.of()
                                : columns("referencedColumnNames", referencedColumnNames),
                        getConstraintName());
    }
}
