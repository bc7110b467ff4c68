package dev.boundary.tenants.erasure;

import dev.boundary.core.TenantScope;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Access;
import dev.boundary.tenants.internal.tables.Carriers;
import dev.boundary.tenants.internal.tables.ForeignKey;
import dev.boundary.tenants.internal.tables.Sql;
import dev.boundary.tenants.internal.tables.TenantTable;
import dev.boundary.tenants.internal.tables.TenantTables;
import dev.boundary.tenants.internal.tables.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Rows of other tenants that refer to this tenant's rows. Policies do not apply to ON DELETE CASCADE, SET NULL and SET
 * DEFAULT, so deleting would reach them. A foreign key that includes the tenant cannot have any.
 */
final class ForeignRows {

    private final TenantTables tables;
    private final TenantScope scope;

    ForeignRows(TenantTables tables, TenantScope scope) {
        this.tables = tables;
        this.scope = scope;
    }

    void requireUntouched(@Nullable DataSource admin) throws SQLException {
        List<ForeignKey> reaching = reaching();
        if (reaching.isEmpty()) {
            return;
        }
        if (admin == null) {
            throw new TenantDataException(
                    "Rows of other tenants might be deleted or changed along with those of tenant " + scope.tenant()
                            + ". Give the erasure the admin data source (checkedBy), so that it can look, or put the"
                            + " tenant into these foreign keys (addTenantForeignKey)",
                    reaching.stream().map(ForeignRows::describe).toList());
        }
        List<String> findings = Transactions.unscoped(
                admin,
                "look for rows of others that refer to rows of tenant " + scope.tenant(),
                scope.region(),
                connection -> {
                    Access.requireAdmin(connection, tables);
                    return find(connection, reaching);
                });
        if (!findings.isEmpty()) {
            throw new TenantDataException(
                    "Rows that are not tenant " + scope.tenant() + "'s would be deleted or changed along with its rows."
                            + " Mend them as the admin role first",
                    findings);
        }
    }

    /** Keys that act on deletion and may join rows of two tenants; not that by which a child finds its tenant. */
    private List<ForeignKey> reaching() {
        Carriers carriers = Carriers.of(tables);
        return tables.innerForeignKeys().stream()
                .filter(key -> key.onDelete() != ForeignKey.OnDelete.REFUSE)
                .filter(key -> !carriers.joins(key))
                .filter(key -> tables.find(key.table())
                        .map(TenantTable::toParent)
                        .filter(key::equals)
                        .isEmpty())
                .toList();
    }

    private List<String> find(Connection connection, List<ForeignKey> reaching) throws SQLException {
        List<String> findings = new ArrayList<>();
        for (ForeignKey key : reaching) {
            Optional<TenantTable> from = tables.find(key.table());
            Optional<TenantTable> to = tables.find(key.target());
            String tenant = tables.installation().key("?");
            long rows = Sql.number(
                    connection,
                    "select pg_catalog.count(*) from " + from.orElseThrow().from()
                            + " as boundary_t where exists (select from "
                            + to.orElseThrow().from() + " as boundary_target where "
                            + key.joins("boundary_target", "boundary_t") + " and "
                            + tables.owned(to.orElseThrow(), "boundary_target", tenant) + ") and ("
                            + tables.owned(from.orElseThrow(), "boundary_t", tenant) + ") is not true",
                    scope.tenant().asText(),
                    scope.tenant().asText());
            if (rows > 0) {
                findings.add(rows + " rows: " + describe(key));
            }
        }
        return findings;
    }

    private static String describe(ForeignKey key) {
        return "Foreign key " + key.name() + " of table " + key.table() + " to " + key.target() + " does "
                + (key.onDelete() == ForeignKey.OnDelete.CASCADE
                        ? "ON DELETE CASCADE"
                        : "ON DELETE SET NULL or DEFAULT")
                + " and does not include the tenant.";
    }
}
