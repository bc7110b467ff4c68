package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.UpgradeBoundary;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code upgradeBoundary}: see {@link UpgradeBoundary}. */
@DatabaseChange(
        name = "upgradeBoundary",
        description = "Brings the schema boundary of an earlier version up to date",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class UpgradeBoundaryChange extends BoundaryChange {

    /** For Liquibase. */
    public UpgradeBoundaryChange() {}

    @Override
    RlsChange model(Database database) {
        return new UpgradeBoundary();
    }
}
