package dev.boundary.rls.liquibase;

import dev.boundary.rls.RlsChange;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import java.util.Locale;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.change.DatabaseChangeProperty;
import liquibase.database.Database;
import org.jspecify.annotations.Nullable;

/** {@code protectPartitionedTable}: see {@link TableChanges#protectTable}. */
@DatabaseChange(
        name = "protectPartitionedTable",
        description = "Protects a partitioned table and closes its partitions",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class ProtectPartitionedTableChange extends TenantTableChange {

    private @Nullable String classification;
    private @Nullable String foreignKeyColumns;

    /** For Liquibase. */
    public ProtectPartitionedTableChange() {}

    /**
     * Whose rows they are: tenant (default), mixed or child.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "whose rows they are: tenant (default), mixed or child",
            requiredForDatabase = "none",
            supportsDatabase = "postgresql")
    public @Nullable String getClassification() {
        return classification;
    }

    /**
     * Sets it.
     *
     * @param classification the value, or null for none
     */
    public void setClassification(@Nullable String classification) {
        this.classification = classification;
    }

    /**
     * Columns of the foreign key to the parent, separated by commas; for child.
     *
     * @return the value, or null for the default
     */
    @DatabaseChangeProperty(
            description = "columns of the foreign key to the parent, separated by commas; for child",
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

    @Override
    RlsChange model(Database database) {
        String kind = orElse(classification, "tenant").toLowerCase(Locale.ROOT);
        boolean child = kind.equals("child");
        if (child ? getTenantColumn() != null : foreignKeyColumns != null) {
            throw new IllegalArgumentException("With classification " + kind + " give "
                    + (child ? "foreignKeyColumns and no tenantColumn." : "no foreignKeyColumns."));
        }
        return TableChanges.protectTable(
                table(database), rows(kind).inPartitions(), roles(), privileges(TablePrivilege.ALL));
    }

    private TableRows rows(String kind) {
        return switch (kind) {
            case "tenant" -> TableRows.byTenantColumn(column());
            case "mixed" -> TableRows.mixed(column());
            case "child" -> TableRows.byForeignKey(columns("foreignKeyColumns", foreignKeyColumns));
            default ->
                throw new IllegalArgumentException(
                        "\"" + classification + "\" is no value of classification. Use tenant, mixed, child.");
        };
    }
}
