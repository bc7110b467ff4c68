package dev.boundary.rls.liquibase;

import liquibase.change.DatabaseChangeProperty;
import org.jspecify.annotations.Nullable;

/** A change to one table with a tenant column that grants on it. */
public abstract class TenantTableChange extends GrantingChange {

    private @Nullable String tenantColumn;

    TenantTableChange() {}

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

    final String column() {
        return orElse(tenantColumn, TenantColumnChange.DEFAULT);
    }
}
