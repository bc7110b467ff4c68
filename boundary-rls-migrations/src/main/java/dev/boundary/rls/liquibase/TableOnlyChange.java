package dev.boundary.rls.liquibase;

import dev.boundary.rls.TableName;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** A change to one table. */
public abstract class TableOnlyChange extends BoundaryChange {

    private @Nullable String tableName;
    private @Nullable String schemaName;

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

    /**
     * Schema; the default schema of the database if left out.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "schema; the default schema of the database if left out",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getSchemaName() {
        return schemaName;
    }

    /**
     * Sets it.
     *
     * @param schemaName the value, or null for none
     */
    public void setSchemaName(@Nullable String schemaName) {
        this.schemaName = schemaName;
    }

    final TableName table(Database database) {
        return new TableName(schema(schemaName, database), required("tableName", tableName));
    }
}
