package dev.boundary.rls.liquibase;

import dev.boundary.rls.InstallBoundary;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code upgradeBoundary}: see {@link InstallBoundary#upgrade}. */
@DatabaseChange(
        name = "upgradeBoundary",
        description = "Brings the schema boundary of an earlier version up to date",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class UpgradeBoundaryChange extends BoundaryChange {

    /** For Liquibase. */
    public UpgradeBoundaryChange() {}

    @Override
    RlsChange model(Database database) {
        return InstallBoundary.upgrade();
    }
}
