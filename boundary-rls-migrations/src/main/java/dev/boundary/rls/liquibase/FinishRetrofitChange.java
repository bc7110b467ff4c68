package dev.boundary.rls.liquibase;

import dev.boundary.rls.RetrofitTenantColumn;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code finishRetrofit}: see {@link RetrofitTenantColumn#finish}. */
@DatabaseChange(
        name = "finishRetrofit",
        description = "Drops the trigger that retrofitTenantColumn left",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class FinishRetrofitChange extends TableOnlyChange {

    /** For Liquibase. */
    public FinishRetrofitChange() {}

    @Override
    RlsChange model(Database database) {
        return RetrofitTenantColumn.finish(table(database));
    }
}
