package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code enableRls}: see {@link TableChanges#enableRls}. */
@DatabaseChange(
        name = "enableRls",
        description = "Turns row-level security on and forces it",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class EnableRlsChange extends TableOnlyChange {

    /** For Liquibase. */
    public EnableRlsChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.enableRls(table(database));
    }
}
