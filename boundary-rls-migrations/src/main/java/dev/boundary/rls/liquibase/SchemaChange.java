package dev.boundary.rls.liquibase;

import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** A change to something in one schema. */
public abstract class SchemaChange extends BoundaryChange {

    private @Nullable String schemaName;

    SchemaChange() {}

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

    final String schema(Database database) {
        return schema(schemaName, database);
    }
}
