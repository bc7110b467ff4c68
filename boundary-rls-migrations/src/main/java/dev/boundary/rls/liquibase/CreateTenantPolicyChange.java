package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableRows;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code createTenantPolicy}: see {@link TableChanges#createTenantPolicies}. */
@DatabaseChange(
        name = "createTenantPolicy",
        description = "Creates the tenant policies on a table with a tenant column",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class CreateTenantPolicyChange extends TenantPolicyChange {

    /** For Liquibase. */
    public CreateTenantPolicyChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.createTenantPolicies(table(database), TableRows.byTenantColumn(column()), application());
    }
}
