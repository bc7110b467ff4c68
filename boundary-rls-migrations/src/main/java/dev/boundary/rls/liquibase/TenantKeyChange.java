package dev.boundary.rls.liquibase;

import java.util.List;
import liquibase.change.DatabaseChangeProperty;
import org.jspecify.annotations.Nullable;

/** A change that puts the tenant into a key of other columns. */
public abstract class TenantKeyChange extends TenantColumnChange {

    private @Nullable String columnNames;
    private @Nullable String constraintName;

    TenantKeyChange() {}

    /**
     * Columns besides the tenant column, separated by commas.
     *
     * @return the value, or null if it is missing, which {@link #validate} reports
     */
    @DatabaseChangeProperty(
            description = "columns besides the tenant column, separated by commas",
            requiredForDatabase = "postgresql",
            supportsDatabase = "postgresql")
    public @Nullable String getColumnNames() {
        return columnNames;
    }

    /**
     * Sets it.
     *
     * @param columnNames the value, or null for none
     */
    public void setColumnNames(@Nullable String columnNames) {
        this.columnNames = columnNames;
    }

    /**
     * Name of the constraint, if it is a new one.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "name of the constraint, if it is a new one",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getConstraintName() {
        return constraintName;
    }

    /**
     * Sets it.
     *
     * @param constraintName the value, or null for none
     */
    public void setConstraintName(@Nullable String constraintName) {
        this.constraintName = constraintName;
    }

    final List<String> columns() {
        return columns("columnNames", columnNames);
    }
}
