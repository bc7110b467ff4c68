package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code protectFuturePartitions}: see {@link TableChanges#protectFuturePartitions}. */
@DatabaseChange(
        name = "protectFuturePartitions",
        description = "Creates an event trigger that protects new partitions; needs a superuser",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class ProtectFuturePartitionsChange extends BoundaryChange {

    /** For Liquibase. */
    public ProtectFuturePartitionsChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.protectFuturePartitions();
    }
}
