package dev.boundary.rls.liquibase;

import dev.boundary.rls.PartChanges;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code enableRls}: see {@link PartChanges#enableRls}. */
@DatabaseChange(
        name = "enableRls",
        description = "Turns row-level security on and forces it",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class EnableRlsChange extends TableOnlyChange {

    /** For Liquibase. */
    public EnableRlsChange() {}

    @Override
    RlsChange model(Database database) {
        return PartChanges.enableRls(table(database));
    }
}
