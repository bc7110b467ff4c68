package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.database.Database;

/** {@code protectPartitions}: see {@link TableChanges#protectPartitions}. */
@DatabaseChange(
        name = "protectPartitions",
        description = "Closes the partitions that were added to a protected table",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class ProtectPartitionsChange extends TableRolesChange {

    /** For Liquibase. */
    public ProtectPartitionsChange() {}

    @Override
    RlsChange model(Database database) {
        return TableChanges.protectPartitions(table(database), roles());
    }
}
