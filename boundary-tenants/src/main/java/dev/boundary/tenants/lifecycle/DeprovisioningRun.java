package dev.boundary.tenants.lifecycle;

import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.registry.internal.ErasureWriter;
import dev.boundary.registry.internal.TenantWriter;
import dev.boundary.tenants.RowCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of one run, under the tenant's lock. */
final class DeprovisioningRun {

    private static final Logger LOG = LoggerFactory.getLogger(DeprovisioningRun.class);

    private final StateChanges changes;
    private final TenantLock lock;
    private final Change change;
    private final DeprovisioningSettings settings;

    DeprovisioningRun(StateChanges changes, TenantLock lock, Change change, DeprovisioningSettings settings) {
        this.changes = changes;
        this.lock = lock;
        this.change = change;
        this.settings = settings;
    }

    Deprovisioned from(DeprovisioningState state) throws SQLException, IOException {
        Tenant tenant = state.tenant().state() == TenantState.DELETING ? state.tenant() : shutOut(state.tenant());
        DeprovisioningExport export = new DeprovisioningExport(tenant, settings);
        if (state.erasure().isPresent()) {
            return erase(
                    tenant,
                    state.archive(),
                    export.requireUnchanged(state.erasure().get()));
        }
        Optional<VerifiedArchive> exported = export.export();
        begin(tenant, exported);
        return erase(tenant, exported.map(VerifiedArchive::folder), exported);
    }

    private Tenant shutOut(Tenant tenant) {
        LifecycleOperation operation = LifecycleOperation.DEPROVISION;
        Tenant deleting = lock.run(
                "Deprovisioning tenant " + tenant.key(),
                transaction -> changes.apply(operation, tenant, TenantState.DELETING, change, transaction));
        changes.publish(Step.DEPROVISIONING, deleting, change);
        return deleting;
    }

    private void begin(Tenant tenant, Optional<VerifiedArchive> exported) {
        Optional<String> folder = exported.map(archive -> archive.folder().toString());
        lock.run("Beginning to erase tenant " + tenant.key(), transaction -> {
            ErasureWriter.on(transaction).begin(tenant.key(), folder, exported.map(VerifiedArchive::sha256), change);
            return tenant;
        });
        if (exported.isPresent()) {
            changes.publish(Step.EXPORTED, tenant, change);
        }
    }

    private Deprovisioned erase(Tenant tenant, Optional<Path> archive, Optional<VerifiedArchive> exported)
            throws SQLException {
        RowCounts erased = settings.erasure().erase(tenant.scope());
        RowCounts late = exported.map(
                        verified -> beyond(erased, verified.manifest().rows()))
                .orElse(new RowCounts(Map.of()));
        settings.erasure().scan(tenant.scope()).requireClean();
        if (late.total() > 0) {
            LOG.error("Rows of tenant {} were written after its export and are gone: {}", tenant.slug(), late);
        }
        return new Deprovisioned(finish(tenant), archive, erased, late, false);
    }

    private Tenant finish(Tenant tenant) {
        Tenant deleted =
                lock.run("Finishing to deprovision tenant " + tenant.key(), transaction -> end(tenant, transaction));
        changes.publish(Step.DEPROVISIONED, deleted, change);
        return deleted;
    }

    private Tenant end(Tenant tenant, Connection transaction) throws SQLException {
        changes.transactions().before(Step.DEPROVISIONED, tenant, transaction);
        ErasureWriter.on(transaction).end(tenant.key(), change);
        TenantWriter writer = TenantWriter.on(transaction);
        removeDomains(tenant, writer);
        Tenant deleted =
                writer.changeState(tenant.key(), EnumSet.of(TenantState.DELETING), TenantState.DELETED, change);
        changes.transactions().after(Step.DEPROVISIONED, deleted, transaction);
        return deleted;
    }

    private void removeDomains(Tenant tenant, TenantWriter writer) {
        for (String domain : writer.domains(tenant.key())) {
            writer.removeDomain(tenant.key(), domain, change);
        }
    }

    /** More rows deleted from a table than the archive has of it. */
    private static RowCounts beyond(RowCounts erased, RowCounts exported) {
        Map<String, Long> more = new TreeMap<>();
        erased.byTable().forEach((table, rows) -> {
            long beyond = rows - exported.byTable().getOrDefault(table, 0L);
            if (beyond > 0) {
                more.put(table, beyond);
            }
        });
        return new RowCounts(more);
    }
}
