package dev.boundary.rls.liquibase;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.InstallBoundary.LeakproofMode;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code installBoundary}: see {@link InstallBoundary}. */
@DatabaseChange(
        name = "installBoundary",
        description = "Installs the schema boundary",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class InstallBoundaryChange extends BoundaryChange {

    private @Nullable String tenantKeyType;
    private @Nullable String sessionVariable;
    private @Nullable String missing;
    private @Nullable String predicate;
    private @Nullable String leakproof;

    /** For Liquibase. */
    public InstallBoundaryChange() {}

    /**
     * Type of the tenant key: uuid (default), bigint, integer or text.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "type of the tenant key: uuid (default), bigint, integer or text",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getTenantKeyType() {
        return tenantKeyType;
    }

    /**
     * Sets it.
     *
     * @param tenantKeyType the value, or null for none
     */
    public void setTenantKeyType(@Nullable String tenantKeyType) {
        this.tenantKeyType = tenantKeyType;
    }

    /**
     * Custom setting that carries the tenant; default app.current_tenant_id.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "custom setting that carries the tenant; default app.current_tenant_id",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getSessionVariable() {
        return sessionVariable;
    }

    /**
     * Sets it.
     *
     * @param sessionVariable the value, or null for none
     */
    public void setSessionVariable(@Nullable String sessionVariable) {
        this.sessionVariable = sessionVariable;
    }

    /**
     * What happens without a tenant: error (default) or empty.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "what happens without a tenant: error (default) or empty",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getMissing() {
        return missing;
    }

    /**
     * Sets it.
     *
     * @param missing the value, or null for none
     */
    public void setMissing(@Nullable String missing) {
        this.missing = missing;
    }

    /**
     * How policies compare: pinned (default) or inline.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "how policies compare: pinned (default) or inline",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getPredicate() {
        return predicate;
    }

    /**
     * Sets it.
     *
     * @param predicate the value, or null for none
     */
    public void setPredicate(@Nullable String predicate) {
        this.predicate = predicate;
    }

    /**
     * Whether the function is declared LEAKPROOF: auto (default), required or off.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "whether the function is declared LEAKPROOF: auto (default), required or off",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getLeakproof() {
        return leakproof;
    }

    /**
     * Sets it.
     *
     * @param leakproof the value, or null for none
     */
    public void setLeakproof(@Nullable String leakproof) {
        this.leakproof = leakproof;
    }

    @Override
    RlsChange model(Database database) {
        return new InstallBoundary(
                TenantKeyType.ofSqlName(orElse(tenantKeyType, "uuid")),
                new SessionVariable(orElse(sessionVariable, SessionVariable.DEFAULT.name())),
                MissingTenant.of(orElse(missing, "error")),
                PredicateForm.of(orElse(predicate, "pinned")),
                LeakproofMode.of(orElse(leakproof, "auto")));
    }
}
