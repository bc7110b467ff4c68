package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableRows;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code createMixedPolicy}: see {@link TableChanges#createTenantPolicies}. */
@DatabaseChange(
        name = "createMixedPolicy",
        description = "Creates the tenant policies on a table with shared and own rows",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class CreateMixedPolicyChange extends TenantPolicyChange {

    /** For Liquibase. */
    public CreateMixedPolicyChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.createTenantPolicies(table(database), TableRows.mixed(column()), application());
    }
}
