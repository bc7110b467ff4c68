package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code disableRls}: see {@link TableChanges#disableRls}. */
@DatabaseChange(
        name = "disableRls",
        description = "Turns row-level security off",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class DisableRlsChange extends TableOnlyChange {

    /** For Liquibase. */
    public DisableRlsChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.disableRls(table(database));
    }
}
