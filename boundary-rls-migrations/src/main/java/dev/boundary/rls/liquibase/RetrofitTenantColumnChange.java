package dev.boundary.rls.liquibase;

import dev.boundary.rls.RetrofitTenantColumn;
import dev.boundary.rls.RlsChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code retrofitTenantColumn}: see {@link RetrofitTenantColumn}. */
@DatabaseChange(
        name = "retrofitTenantColumn",
        description = "Gives a populated table its tenant column while the service keeps writing",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class RetrofitTenantColumnChange extends TenantColumnChange {

    private @Nullable String expression;
    private @Nullable String foreignKeyColumns;
    private @Nullable String parentTenantColumn;
    private @Nullable String batchPages;

    /** For Liquibase. */
    public RetrofitTenantColumnChange() {}

    /**
     * SQL for the tenant of a row, over the columns of the table.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "SQL for the tenant of a row, over the columns of the table",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getExpression() {
        return expression;
    }

    /**
     * Sets it.
     *
     * @param expression the value, or null for none
     */
    public void setExpression(@Nullable String expression) {
        this.expression = expression;
    }

    /**
     * Columns of the foreign key to the parent whose tenant a row takes, separated by commas.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "columns of the foreign key to the parent whose tenant a row takes, separated by commas",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getForeignKeyColumns() {
        return foreignKeyColumns;
    }

    /**
     * Sets it.
     *
     * @param foreignKeyColumns the value, or null for none
     */
    public void setForeignKeyColumns(@Nullable String foreignKeyColumns) {
        this.foreignKeyColumns = foreignKeyColumns;
    }

    /**
     * Tenant column of the parent; default the name of the new column.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "tenant column of the parent; default the name of the new column",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getParentTenantColumn() {
        return parentTenantColumn;
    }

    /**
     * Sets it.
     *
     * @param parentTenantColumn the value, or null for none
     */
    public void setParentTenantColumn(@Nullable String parentTenantColumn) {
        this.parentTenantColumn = parentTenantColumn;
    }

    /**
     * Pages of 8 kB that are filled in one transaction; default 500.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "pages of 8 kB that are filled in one transaction; default 500",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getBatchPages() {
        return batchPages;
    }

    /**
     * Sets it.
     *
     * @param batchPages the value, or null for none
     */
    public void setBatchPages(@Nullable String batchPages) {
        this.batchPages = batchPages;
    }

    @Override
    RlsChange model(Database database) {
        return new RetrofitTenantColumn(
                table(database), column(), source(database), positive("batchPages", batchPages, 500));
    }

    private RetrofitTenantColumn.Source source(Database database) {
        boolean fromParent = foreignKeyColumns != null && !foreignKeyColumns.isBlank();
        if (expression == null || expression.isBlank()) {
            if (fromParent) {
                return new RetrofitTenantColumn.Parent(
                        columns("foreignKeyColumns", foreignKeyColumns), orElse(parentTenantColumn, column()));
            }
        } else if (!fromParent) {
            return new RetrofitTenantColumn.Expression(expression);
        }
        throw new IllegalArgumentException("The tenant of the rows of " + table(database) + " comes either from an"
                + " expression or from a parent: give one of expression and foreignKeyColumns.");
    }
}
