package dev.boundary.rls.liquibase;

import dev.boundary.rls.TableName;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** A change to one table. */
public abstract class TableOnlyChange extends SchemaChange {

    private @Nullable String tableName;

    TableOnlyChange() {}

    /**
     * Table to change.
     *
     * @return the value, or null if it is missing, which {@link #validate} reports
     */
    @DatabaseChangeProperty(
            description = "table to change",
            requiredForDatabase = "postgresql",
            supportsDatabase = "postgresql")
    public @Nullable String getTableName() {
        return tableName;
    }

    /**
     * Sets it.
     *
     * @param tableName the value, or null for none
     */
    public void setTableName(@Nullable String tableName) {
        this.tableName = tableName;
    }

    final TableName table(Database database) {
        return new TableName(schema(database), required("tableName", tableName));
    }
}
