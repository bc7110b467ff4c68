package dev.boundary.tenants.erasure;

import dev.boundary.core.TenantScope;
import dev.boundary.rls.internal.catalog.ReadAccess;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Access;
import dev.boundary.tenants.internal.tables.Carriers;
import dev.boundary.tenants.internal.tables.ForeignKey;
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
 * Rows of other tenants, and of tables without tenants, that refer to this tenant's rows. Policies do not apply to ON DELETE
 * CASCADE, SET NULL and SET DEFAULT, so deleting would reach them. Between tables of tenants, a foreign key that includes
 * the tenant cannot have any.
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
                    "Rows of others might be deleted or changed along with those of tenant " + scope.tenant()
                            + ". Give the erasure the admin data source (checkedBy), so that it can look, or put the"
                            + " tenant into these foreign keys (addTenantForeignKey)",
                    reaching.stream().map(this::describe).toList());
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

    /**
     * Keys that act on deletion and may join rows of two tenants, or reach a table that has none: what is there is nobody's
     * own, and in no archive. Not that by which a child finds its tenant.
     */
    private List<ForeignKey> reaching() {
        Carriers carriers = Carriers.of(tables);
        return tables.foreignKeys().stream()
                .filter(key -> key.onDelete() != ForeignKey.OnDelete.REFUSE)
                .filter(key -> tables.find(key.target()).isPresent())
                .filter(key -> tables.find(key.table()).isEmpty() || !carriers.joins(key))
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
            if (from.isEmpty()
                    && !ReadAccess.canRead(
                            connection, key.table().schema(), key.table().table())) {
                findings.add(
                        "The admin role may not read table " + key.table() + ", to look which rows: " + describe(key));
                continue;
            }
            long rows = from.isPresent() ? ofOthers(connection, key, from.get()) : ofNobody(connection, key);
            if (rows > 0) {
                findings.add(rows + " rows: " + describe(key));
            }
        }
        return findings;
    }

    private long ofOthers(Connection connection, ForeignKey key, TenantTable from) throws SQLException {
        String tenant = tables.key("?");
        return Jdbc.number(
                connection,
                referring(from.from(), key) + " and (" + tables.owned(from, "boundary_t", tenant) + ") is not true",
                scope.tenant().asText(),
                scope.tenant().asText());
    }

    private long ofNobody(Connection connection, ForeignKey key) throws SQLException {
        return Jdbc.number(
                connection, referring(key.table().quoted(), key), scope.tenant().asText());
    }

    private String referring(String from, ForeignKey key) {
        TenantTable to = tables.find(key.target()).orElseThrow();
        return "select pg_catalog.count(*) from " + from + " as boundary_t where exists (select from " + to.from()
                + " as boundary_target where " + key.joins("boundary_target", "boundary_t") + " and "
                + tables.owned(to, "boundary_target", tables.key("?")) + ")";
    }

    private String describe(ForeignKey key) {
        return "Foreign key " + key.name() + " of table " + key.table() + " to " + key.target() + " does "
                + (key.onDelete() == ForeignKey.OnDelete.CASCADE
                        ? "ON DELETE CASCADE"
                        : "ON DELETE SET NULL or DEFAULT")
                + (tables.find(key.table()).isPresent()
                        ? " and does not include the tenant."
                        : ", and that table is not protected.");
    }
}
