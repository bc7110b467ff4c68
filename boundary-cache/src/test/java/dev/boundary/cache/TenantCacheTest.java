package dev.boundary.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What one tenant keeps, no other finds, and none can be used without a tenant. */
class TenantCacheTest {

    private static final TenantKey ACME = TenantKey.of(1L);
    private static final TenantKey GLOBEX = TenantKey.of(2L);

    // @start region="cache"
    private final TenantCache<String, Integer> cache =
            new TenantCache<>(Caffeine.newBuilder().maximumSize(10_000).build());
    // @end

    private static <T> T as(TenantKey tenant, Callable<T> action) {
        try {
            return TenantContext.where(tenant).call(action::call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void as(TenantKey tenant, Runnable action) {
        TenantContext.where(tenant).run(action);
    }

    @Test
    void tenantsHaveSeparateEntriesForTheSameKey() {
        as(ACME, () -> cache.put("price", 10));
        as(ACME, () -> cache.putAll(Map.of("tax", 2, "fee", 3)));
        assertThat(as(ACME, () -> cache.find("price"))).contains(10);
        assertThat(as(GLOBEX, () -> cache.find("price"))).isEmpty();
        assertThat(as(GLOBEX, () -> cache.findAll(List.of("price", "tax")))).isEmpty();
        assertThat(as(GLOBEX, () -> cache.get("price", key -> 20))).isEqualTo(20);
        assertThat(as(ACME, () -> cache.get("price", key -> 30))).isEqualTo(10);
        assertThat(as(ACME, () -> cache.findAll(List.of("price", "tax", "none"))))
                .isEqualTo(Map.of("price", 10, "tax", 2));
        assertThat(as(TenantKey.of(1), () -> cache.find("price"))).isEmpty(); // an integer key is no bigint key
        assertThat(as(TenantKey.of("1"), () -> cache.find("price"))).isEmpty();
    }

    @Test
    void removesOnlyEntriesOfTheTenant() {
        for (TenantKey tenant : List.of(ACME, GLOBEX)) {
            as(tenant, () -> cache.putAll(Map.of("a", 1, "b", 2, "c", 3, "d", 4)));
        }
        as(ACME, () -> cache.remove("a"));
        as(ACME, () -> cache.removeAll(List.of("b")));
        assertThat(as(ACME, () -> cache.findAll(List.of("a", "b", "c", "d")))).containsOnlyKeys("c", "d");
        as(ACME, cache::clear);
        assertThat(as(ACME, () -> cache.findAll(List.of("a", "b", "c", "d")))).isEmpty();
        assertThat(as(GLOBEX, () -> cache.findAll(List.of("a", "b", "c", "d")))).hasSize(4);
    }

    @Test
    void withoutATenantEveryOperationIsRefused() {
        as(ACME, () -> cache.put("price", 10));
        List<Runnable> operations = List.of(
                () -> cache.find("price"),
                () -> cache.get("price", key -> 1),
                () -> cache.findAll(List.of("price")),
                () -> cache.put("price", 1),
                () -> cache.putAll(Map.of("price", 1)),
                () -> cache.putAll(Map.of()),
                () -> cache.remove("price"),
                () -> cache.removeAll(List.of("price")),
                cache::clear);
        for (Runnable operation : operations) {
            assertThatExceptionOfType(TenantNotSetException.class).isThrownBy(operation::run);
            assertThatExceptionOfType(TenantNotSetException.class)
                    .isThrownBy(() -> TenantContext.unscoped("report").run(operation));
        }
        assertThat(as(ACME, () -> cache.find("price"))).contains(10);
    }

    @Test
    void theLoaderRunsInTheScopeAndItsErrorsAreNotCached() {
        assertThatIllegalStateException()
                .isThrownBy(() -> as(
                        ACME,
                        () -> cache.get("price", key -> {
                            throw new IllegalStateException("down");
                        })))
                .withMessage("down");
        assertThat(as(
                        ACME,
                        () -> cache.get(
                                "price", key -> TenantContext.requireTenant().equals(ACME) ? 10 : 0)))
                .isEqualTo(10);
    }

    @Test
    void aKeyForOtherCachesContainsTheTenant() {
        TenantCacheKey<String> key = as(ACME, () -> TenantCacheKey.of("price"));
        assertThat(key).isEqualTo(as(ACME, () -> TenantCacheKey.of("price")));
        assertThat(key).isNotEqualTo(as(GLOBEX, () -> TenantCacheKey.of("price")));
        assertThat(Optional.of(key.tenant())).contains("1");
        assertThatExceptionOfType(TenantNotSetException.class).isThrownBy(() -> TenantCacheKey.of("price"));
    }
}
