package dev.boundary.tenants.erasure;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.rls.internal.catalog.ReadAccess;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.tenants.internal.tables.Findings;
import dev.boundary.tenants.internal.tables.RoleRequirements;
import dev.boundary.tenants.internal.tables.ScopedTransactions;
import dev.boundary.tenants.internal.tables.TenantDataModel;
import dev.boundary.tenants.internal.tables.TenantDataTable;
import dev.boundary.tenants.internal.tables.TenantKeyColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows of other tenants, and of tables without tenants, that reference this tenant's rows. Policies do not apply
 * to ON DELETE CASCADE, SET NULL and SET DEFAULT, so deleting would reach them. Between protected tables, a foreign key
 * that includes the tenant cannot have any.
 */
final class CascadeCheck {

    private final TenantDataModel model;
    private final TenantScope scope;
    private final List<CatalogForeignKey> reaching;

    CascadeCheck(TenantDataModel model, TenantScope scope) {
        this.model = model;
        this.scope = scope;
        this.reaching = reaching(model);
    }

    /**
     * Keys that act on deletion and may join rows of two tenants, or come from a table that has none: what is there
     * belongs to no tenant, and is in no archive. Not the key by which a child finds its tenant.
     */
    private static List<CatalogForeignKey> reaching(TenantDataModel model) {
        TenantKeyColumns keyColumns = TenantKeyColumns.of(model);
        return model.foreignKeys().stream()
                .filter(key -> key.onDelete().changesRows())
                .filter(key -> model.find(key.target()).isPresent())
                .filter(key -> model.find(key.table()).isEmpty() || !keyColumns.includedIn(key))
                .filter(key -> model.find(key.table())
                        .filter(table -> table.findsTenantBy(key))
                        .isEmpty())
                .toList();
    }

    void requireNoneAffected(@Nullable DataSource admin) throws SQLException {
        if (admin == null) {
            requireNoneReaching();
        } else if (!reaching.isEmpty()) {
            requireNoneAffectedAsSeenBy(admin);
        }
    }

    private void requireNoneReaching() {
        Findings findings = new Findings();
        reaching.forEach(key -> findings.add(describe(key)));
        findings.requireNone("Deleting the rows of tenant " + scope.tenant()
                + " could delete or change rows that are not its own. Give the erasure the admin data source"
                + " (withAdmin), so that it can check, or add the tenant to these foreign keys (addTenantForeignKey)");
    }

    private void requireNoneAffectedAsSeenBy(DataSource admin) throws SQLException {
        new ScopedTransactions(admin)
                .unscoped("look for rows that reference rows of tenant " + scope.tenant(), scope.region(), this::find)
                .requireNone("Deleting the rows of tenant " + scope.tenant()
                        + " would delete or change rows that are not its own. Fix those as the admin role first");
    }

    private Findings find(Connection connection) throws SQLException {
        RoleRequirements.requireAdmin(connection, model);
        Findings findings = new Findings();
        for (CatalogForeignKey key : reaching) {
            check(connection, key, findings);
        }
        return findings;
    }

    private void check(Connection connection, CatalogForeignKey key, Findings findings) throws SQLException {
        if (!canRead(connection, key.table())) {
            findings.add("The admin role may not read table " + key.table() + ", so it cannot check its rows: "
                    + describe(key));
            return;
        }
        long rows = count(connection, key);
        if (rows > 0) {
            findings.add(rows + " rows: " + describe(key));
        }
    }

    /** Of protected tables that was required before. */
    private boolean canRead(Connection connection, TableName table) throws SQLException {
        return model.find(table).isPresent() || ReadAccess.canRead(connection, table.schema(), table.table());
    }

    private long count(Connection connection, CatalogForeignKey key) throws SQLException {
        String tenant = scope.tenant().asText();
        Optional<TenantDataTable> from = model.find(key.table());
        if (from.isEmpty()) {
            return Jdbc.number(connection, referencing(key.table().quoted(), key), tenant);
        }
        String ofOthers = referencing(from.get().from(), key) + " and (" + model.ownedBy(from.get(), "boundary_t")
                + ") is not true";
        return Jdbc.number(connection, ofOthers, tenant, tenant);
    }

    private String referencing(String from, CatalogForeignKey key) {
        TenantDataTable to = model.find(key.target()).orElseThrow();
        return "select pg_catalog.count(*) from " + from + " as boundary_t where exists (select from " + to.from()
                + " as boundary_target where " + key.joinCondition("boundary_target", "boundary_t") + " and "
                + model.ownedBy(to, "boundary_target") + ")";
    }

    private String describe(CatalogForeignKey key) {
        return "Foreign key " + key.name() + " of table " + key.table() + " to " + key.target() + " has ON DELETE "
                + key.onDelete().sql() + reason(key);
    }

    private String reason(CatalogForeignKey key) {
        boolean isProtected = model.find(key.table()).isPresent();
        return isProtected ? " and does not include the tenant." : ", and that table is not protected.";
    }
}
