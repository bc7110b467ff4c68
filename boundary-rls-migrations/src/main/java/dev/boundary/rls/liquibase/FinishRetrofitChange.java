package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code finishRetrofit}: see {@link TableChanges#finishRetrofit}. */
@DatabaseChange(
        name = "finishRetrofit",
        description = "Drops the trigger that retrofitTenantColumn left",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class FinishRetrofitChange extends TableOnlyChange {

    /** For Liquibase. */
    public FinishRetrofitChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.finishRetrofit(table(database));
    }
}
