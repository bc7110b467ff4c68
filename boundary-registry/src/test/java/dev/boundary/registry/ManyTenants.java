package dev.boundary.registry;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A registry of many tenants, and what its size costs: the main method prints how much longer a look-up, and the list
 * and {@link TenantWork} for each tenant, take in a registry of 10,000 tenants than in one of 100. Rounds on the two
 * take turns.
 */
final class ManyTenants {

    private static final int FEW = 100;
    private static final int MANY = 10_000;
    private static final int ROUNDS = 31;

    private ManyTenants() {}

    static TestDatabase create(int tenants) throws SQLException {
        TestDatabase database = RegistryDatabase.create(TenantKeyType.BIGINT);
        TestDatabase.execute(
                database.admin(),
                "insert into boundary.tenant (tenant_key, slug, name, region, attributes) select n, 't' || n, 'Tenant ' || n,"
                        + " case n % 2 when 0 then 'eu' else 'us' end, pg_catalog.jsonb_build_object('number', n::text)"
                        + " from generate_series(1, " + tenants + ") n",
                "insert into boundary.tenant_domain (tenant_key, domain) select n, 'd' || n || '.example.org'"
                        + " from generate_series(1, " + tenants + ", 10) n");
        TestDatabase.execute(database.owner(), "analyze boundary.tenant, boundary.tenant_domain");
        return database;
    }

    /** The same connection for all, so that connecting is not what is measured. */
    private record Side(int tenants, JdbcTenantRegistry registry, CachedTenantRegistry cache) {

        static Side of(int tenants, DataSource source) {
            JdbcTenantRegistry registry = JdbcTenantRegistry.of(source);
            return new Side(
                    tenants,
                    registry,
                    CachedTenantRegistry.builder(registry).maximumSize(30_000).build());
        }
    }

    private interface Measured {
        /** Returns nanoseconds for each tenant. */
        double on(Side side) throws Exception;
    }

    private static void require(Optional<Tenant> tenant) {
        if (tenant.isEmpty()) {
            throw new IllegalStateException("A tenant is not found.");
        }
    }

    private static double lookUp(Side side) {
        int lookUps = 1_000;
        long start = System.nanoTime();
        for (int i = 0; i < lookUps; i++) {
            require(side.registry().findBySlug(new Slug("t" + (1 + i * 7919 % side.tenants()))));
        }
        return (System.nanoTime() - start) / (double) lookUps;
    }

    private static double cached(Side side) {
        int lookUps = 200_000;
        long start = System.nanoTime();
        for (int i = 0; i < lookUps; i++) {
            require(side.cache().find(TenantKey.of(1L + i % side.tenants())));
        }
        return (System.nanoTime() - start) / (double) lookUps;
    }

    private static double list(Side side) {
        int lists = MANY / side.tenants();
        long start = System.nanoTime();
        for (int i = 0; i < lists; i++) {
            side.registry().list();
        }
        return (System.nanoTime() - start) / (double) (lists * side.tenants());
    }

    private static double work(Side side) throws InterruptedException {
        List<Tenant> tenants = side.registry().list();
        int runs = MANY / side.tenants();
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            TenantWork.forEach(tenants)
                    .withParallelism(4)
                    .run(tenant -> side.cache().find(tenant.key()));
        }
        return (System.nanoTime() - start) / (double) (runs * side.tenants());
    }

    public static void main(String[] arguments) throws Exception {
        try (TestDatabase fewTenants = create(FEW);
                TestDatabase manyTenants = create(MANY);
                SharedConnection fewConnection = new SharedConnection(fewTenants.application());
                SharedConnection manyConnection = new SharedConnection(manyTenants.application())) {
            Side few = Side.of(FEW, fewConnection.source());
            Side many = Side.of(MANY, manyConnection.source());
            print("look-up by slug", few, many, ManyTenants::lookUp);
            print("look-up in the cache", few, many, ManyTenants::cached);
            print("list, each tenant", few, many, ManyTenants::list);
            print("TenantWork, each tenant", few, many, ManyTenants::work);
        } finally {
            PostgresServer.stopShared();
        }
    }

    private static void print(String what, Side few, Side many, Measured measured) throws Exception {
        List<Double> ratios = new ArrayList<>();
        double[] nanos = new double[ROUNDS];
        for (int i = -5; i < ROUNDS; i++) {
            double small = measured.on(few);
            double large = measured.on(many);
            if (i >= 0) {
                ratios.add(large / small);
                nanos[i] = large;
            }
        }
        ratios.sort(null);
        Arrays.sort(nanos);
        System.out.printf(
                "%-25s %.2f times (%.2f to %.2f), %.1f us%n",
                what,
                ratios.get(ROUNDS / 2),
                ratios.get(ROUNDS / 4),
                ratios.get(3 * ROUNDS / 4),
                nanos[ROUNDS / 2] / 1000);
    }
}
