package dev.boundary.tenants.erasure;

import dev.boundary.core.TenantKey;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which rows of a tenant are left in the database.
 *
 * @param tenant the tenant
 * @param application what the application role sees in the tenant's scope
 * @param admin what the admin role, which sees every row, finds by the tenant's key; empty if it was not asked
 */
public record Scan(TenantKey tenant, RowCounts application, Optional<RowCounts> admin) {

    /** Checks that nothing is missing. */
    public Scan {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(admin, "admin");
    }

    /**
     * Whether no row is left.
     *
     * @return true if nobody who was asked found one
     */
    public boolean isClean() {
        return application.total() == 0 && admin.map(RowCounts::total).orElse(0L) == 0;
    }

    /**
     * Refuses to go on if a row is left.
     *
     * @return this
     * @throws TenantDataException if one is; it names the tables
     */
    public Scan requireClean() {
        List<String> findings = new ArrayList<>();
        application
                .nonEmpty()
                .byTable()
                .forEach((table, rows) -> findings.add("Table " + table + " has " + rows
                        + " rows that the application role sees. Somebody wrote them meanwhile: keep the tenant from working"
                        + " and erase again."));
        admin.ifPresent(counts -> counts.nonEmpty()
                .byTable()
                .forEach((table, rows) -> findings.add("Table " + table
                        + " has " + rows
                        + " rows that the admin role sees. If the application role does not see them, a policy"
                        + " of your own hides them from it: delete them as the admin role.")));
        if (!findings.isEmpty()) {
            throw new TenantDataException("Tenant " + tenant + " still has rows", findings);
        }
        return this;
    }
}
