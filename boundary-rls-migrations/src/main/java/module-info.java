/** Row-level security as Liquibase changes. */
@SuppressWarnings("opens") // the package of the XML schema has no classes
module dev.boundary.rls.liquibase {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.rls;
    requires liquibase.core;

    // Liquibase reads and sets the attributes of changes by reflection.
    exports dev.boundary.rls.liquibase to
            liquibase.core;

    // Its XML parser looks for the schema by class loader, which finds only what is open to everybody.
    opens www.boundary.dev.xml.ns;

    provides liquibase.change.Change with
            dev.boundary.rls.liquibase.InstallBoundaryChange,
            dev.boundary.rls.liquibase.CreateBoundaryRolesChange,
            dev.boundary.rls.liquibase.ProtectTenantTableChange,
            dev.boundary.rls.liquibase.ProtectMixedTableChange,
            dev.boundary.rls.liquibase.GrantTenantTableChange,
            dev.boundary.rls.liquibase.ProtectChildTableChange,
            dev.boundary.rls.liquibase.GrantGlobalTableChange,
            dev.boundary.rls.liquibase.EnableRlsChange,
            dev.boundary.rls.liquibase.DisableRlsChange,
            dev.boundary.rls.liquibase.DropTenantPolicyChange,
            dev.boundary.rls.liquibase.DropAdminPolicyChange,
            dev.boundary.rls.liquibase.SetTenantDefaultChange,
            dev.boundary.rls.liquibase.SetTenantNotNullChange,
            dev.boundary.rls.liquibase.CreateTenantIndexChange,
            dev.boundary.rls.liquibase.CreateTenantPolicyChange,
            dev.boundary.rls.liquibase.CreateMixedPolicyChange,
            dev.boundary.rls.liquibase.CreateChildPolicyChange,
            dev.boundary.rls.liquibase.CreateAdminPolicyChange,
            dev.boundary.rls.liquibase.ProtectPartitionedTableChange,
            dev.boundary.rls.liquibase.ProtectPartitionsChange,
            dev.boundary.rls.liquibase.ProtectFuturePartitionsChange,
            dev.boundary.rls.liquibase.ProtectViewChange,
            dev.boundary.rls.liquibase.AddTenantPrimaryKeyChange,
            dev.boundary.rls.liquibase.AddTenantUniqueChange,
            dev.boundary.rls.liquibase.AddTenantForeignKeyChange,
            dev.boundary.rls.liquibase.RetrofitTenantColumnChange,
            dev.boundary.rls.liquibase.FinishRetrofitChange,
            dev.boundary.rls.liquibase.UpgradeBoundaryChange,
            dev.boundary.rls.liquibase.CreateTenantRegistryChange;
    provides liquibase.precondition.Precondition with
            dev.boundary.rls.liquibase.TableProtectedPrecondition,
            dev.boundary.rls.liquibase.RoleCannotBypassPrecondition,
            dev.boundary.rls.liquibase.BoundaryInstalledPrecondition;
}
