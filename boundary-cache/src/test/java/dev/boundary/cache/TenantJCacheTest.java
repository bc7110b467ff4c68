package dev.boundary.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same promises as those of {@link TenantCacheTest}, on a provider of JCache that stores by value. */
class TenantJCacheTest {

    private static final TenantKey ACME = TenantKey.of(1L);
    private static final TenantKey GLOBEX = TenantKey.of(2L);

    private final CachingProvider provider = Caching.getCachingProvider();
    private final CacheManager manager = provider.getCacheManager();

    // @start region="cache"
    private final Cache<TenantCacheKey<String>, Integer> prices =
            manager.createCache("prices", new MutableConfiguration<>());
    private final TenantJCache<String, Integer> cache = new TenantJCache<>(prices);
    // @end

    @AfterEach
    void close() {
        provider.close();
    }

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
        assertThat(as(ACME, () -> cache.contains("tax"))).isTrue();
        assertThat(as(GLOBEX, () -> cache.find("price"))).isEmpty();
        assertThat(as(GLOBEX, () -> cache.contains("tax"))).isFalse();
        assertThat(as(GLOBEX, () -> cache.findAll(List.of("price", "tax")))).isEmpty();
        assertThat(as(GLOBEX, () -> cache.putIfAbsent("price", 20))).isTrue();
        assertThat(as(ACME, () -> cache.putIfAbsent("price", 30))).isFalse();
        assertThat(as(ACME, () -> cache.findAll(Set.of("price", "tax", "none"))))
                .isEqualTo(Map.of("price", 10, "tax", 2));
        assertThat(as(GLOBEX, () -> cache.replace("price", 10, 11))).isFalse(); // that is the other's value
        assertThat(as(ACME, () -> cache.replace("price", 10, 11))).isTrue();
        assertThat(as(GLOBEX, () -> cache.find("price"))).contains(20);
        assertThat(as(TenantKey.of(1), () -> cache.find("price"))).isEmpty(); // an integer key is no bigint key
        assertThat(as(TenantKey.of("1"), () -> cache.find("price"))).isEmpty();
    }

    @Test
    void removesOnlyEntriesOfTheTenant() {
        for (TenantKey tenant : List.of(ACME, GLOBEX)) {
            as(tenant, () -> cache.putAll(Map.of("a", 1, "b", 2, "c", 3, "d", 4)));
        }
        assertThat(as(ACME, () -> cache.remove("a"))).isTrue();
        assertThat(as(ACME, () -> cache.remove("a"))).isFalse();
        as(ACME, () -> cache.removeAll(List.of("b")));
        assertThat(as(ACME, () -> cache.findAll(List.of("a", "b", "c", "d")))).containsOnlyKeys("c", "d");
        as(ACME, cache::clear);
        assertThat(as(ACME, () -> cache.findAll(List.of("a", "b", "c", "d")))).isEmpty();
        assertThat(as(GLOBEX, () -> cache.findAll(List.of("a", "b", "c", "d")))).hasSize(4);
        prices.clear(); // the control: this is what the wrapper is for
        assertThat(as(GLOBEX, () -> cache.findAll(List.of("a")))).isEmpty();
    }

    @Test
    void anEntryProcessorSeesOnlyTheEntryOfItsTenant() {
        as(GLOBEX, () -> cache.put("price", 20));
        for (int i = 1; i <= 2; i++) {
            int expected = i * 5;
            assertThat(as(ACME, () -> cache.invoke("price", new Add(), 5))).isEqualTo("price=" + expected);
        }
        assertThat(as(GLOBEX, () -> cache.find("price"))).contains(20);
        assertThatExceptionOfType(EntryProcessorException.class)
                .isThrownBy(() ->
                        as(ACME, () -> cache.invoke("price", (entry, arguments) -> entry.unwrap(MutableEntry.class))))
                .withRootCauseInstanceOf(IllegalArgumentException.class);
        as(
                ACME,
                () -> cache.invoke("price", (entry, arguments) -> {
                    entry.remove();
                    return entry.exists();
                }));
        assertThat(as(ACME, () -> cache.find("price"))).isEmpty();
        assertThat(as(GLOBEX, () -> cache.find("price"))).contains(20);
    }

    /** Adds to a value, as a processor that can be sent to another process. */
    private static final class Add implements EntryProcessor<String, Integer, String>, Serializable {

        private static final long serialVersionUID = 1L;

        @Override
        public String process(MutableEntry<String, Integer> entry, Object... arguments) {
            int sum = (entry.exists() ? entry.getValue() : 0) + (Integer) arguments[0];
            entry.setValue(sum);
            return entry.getKey() + "=" + sum;
        }
    }

    @Test
    void anEntryProcessorIsSerializable() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new TenantEntryProcessor<>(new Add()));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isInstanceOf(TenantEntryProcessor.class);
        }
    }

    @Test
    void withoutATenantEveryOperationIsRefused() {
        as(ACME, () -> cache.put("price", 10));
        List<Runnable> operations = List.of(
                () -> cache.find("price"),
                () -> cache.findAll(List.of("price")),
                () -> cache.findAll(List.of()),
                () -> cache.contains("price"),
                () -> cache.put("price", 1),
                () -> cache.putIfAbsent("price", 1),
                () -> cache.putAll(Map.of("price", 1)),
                () -> cache.putAll(Map.of()),
                () -> cache.replace("price", 10, 1),
                () -> cache.remove("price"),
                () -> cache.removeAll(List.of("price")),
                () -> cache.removeAll(List.of()),
                () -> cache.invoke("price", new Add(), 1),
                cache::clear);
        for (Runnable operation : operations) {
            assertThatExceptionOfType(TenantNotSetException.class).isThrownBy(operation::run);
            assertThatExceptionOfType(TenantNotSetException.class)
                    .isThrownBy(() -> TenantContext.unscoped("report").run(operation));
        }
        assertThat(as(ACME, () -> cache.find("price"))).contains(10);
    }
}
