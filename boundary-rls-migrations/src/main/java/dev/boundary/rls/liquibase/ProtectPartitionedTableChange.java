package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TablePrivilege;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code protectPartitionedTable}: see {@link TableChanges#protectPartitionedTable}. */
@DatabaseChange(
        name = "protectPartitionedTable",
        description = "Protects a partitioned table and closes its partitions",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class ProtectPartitionedTableChange extends GrantingChange {

    private @Nullable String tenantColumn;

    /** For Liquibase. */
    public ProtectPartitionedTableChange() {}

    /**
     * Column with the tenant key; default tenant_id.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "column with the tenant key; default tenant_id",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getTenantColumn() {
        return tenantColumn;
    }

    /**
     * Sets it.
     *
     * @param tenantColumn the value, or null for none
     */
    public void setTenantColumn(@Nullable String tenantColumn) {
        this.tenantColumn = tenantColumn;
    }

    @Override
    RlsChange model(Database database) {
        return TableChanges.protectPartitionedTable(
                table(database), orElse(tenantColumn, "tenant_id"), roles(), privileges(TablePrivilege.ALL));
    }
}
