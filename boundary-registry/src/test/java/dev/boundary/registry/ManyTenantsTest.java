package dev.boundary.registry;

import static dev.boundary.registry.RegistryDatabase.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Look-ups, lists and work for tenants scale to ten thousand of them. */
@Tag("long")
class ManyTenantsTest {

    private static final int TENANTS = 10_000;

    private static TestDatabase database;
    private static JdbcTenantRegistry registry;

    @BeforeAll
    static void create() throws SQLException {
        database = ManyTenants.create(TENANTS);
        registry = JdbcTenantRegistry.of(database.application(), database.admin());
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @Test
    void findsEachTenantByItsNames() {
        for (long n : new long[] {1, 11, 5001, 9991}) {
            Tenant tenant = registry.find(TenantKey.of(n)).orElseThrow();
            assertThat(tenant.attributes()).containsEntry("number", String.valueOf(n));
            assertThat(registry.findBySlug(new Slug("t" + n))).contains(tenant);
            assertThat(registry.findByDomain("d" + n + ".example.org")).contains(tenant);
        }
        assertThat(registry.findBySlug(new Slug("t10001"))).isEmpty();
    }

    @Test
    void lookUpsUseAnIndex() throws SQLException {
        for (String query : List.of(
                "select * from boundary.tenant t where t.tenant_key operator(pg_catalog.=) 77",
                "select * from boundary.tenant t where t.slug operator(pg_catalog.=) 't77'",
                "select * from boundary.tenant t join boundary.tenant_domain d on d.tenant_key operator(pg_catalog.=)"
                        + " t.tenant_key where d.domain operator(pg_catalog.=) 'd71.example.org'")) {
            assertThat(rows(database, "explain (costs off) " + query))
                    .anyMatch(line -> line.contains("Index Scan"))
                    .noneMatch(line -> line.contains("Seq Scan"));
        }
    }

    @Test
    void listsAndProcessesEveryTenantOnce() throws InterruptedException {
        List<Tenant> tenants = registry.list();
        assertThat(tenants)
                .hasSize(TENANTS)
                .isSortedAccordingTo(
                        (a, b) -> a.slug().value().compareTo(b.slug().value()));
        Set<TenantKey> done = ConcurrentHashMap.newKeySet();
        WorkSummary summary = TenantWork.forEach(tenants)
                .inRegion("eu")
                .withParallelism(8)
                .run(tenant -> {
                    assertThat(TenantContext.current()).contains(tenant.scope());
                    assertThat(done.add(tenant.key())).isTrue();
                });
        assertThat(summary.exitCode()).isZero();
        assertThat(done).hasSize(TENANTS / 2);
    }

    @Test
    void auditsEveryTenant() throws SQLException {
        assertThat(rows(database, "select count(distinct tenant_key) from boundary.tenant_change"))
                .containsExactly(String.valueOf(TENANTS));
        assertThat(registry.changes(TenantKey.of(5001L), 9)).hasSize(2);
    }
}
