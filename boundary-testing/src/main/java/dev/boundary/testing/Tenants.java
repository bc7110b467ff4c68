package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/**
 * Tenants of a test database. The first use of one provisions it: see {@link DatabaseSetup#provision}. Safe for use by
 * several threads.
 *
 * @since 0.1
 */
public final class Tenants {

    private static final int LEAST_NUMBER = 100_000_000; // no other row has such an id by chance

    private final TenantKeyType type;
    private final BiConsumer<TenantKey, String> provision;
    private final Map<String, TenantKey> known = new ConcurrentHashMap<>();

    Tenants(TenantKeyType type, BiConsumer<TenantKey, String> provision) {
        this.type = type;
        this.provision = provision;
    }

    /**
     * The tenant with a name. The same name gives the same key in every test run.
     *
     * @param name any name that is not empty; with tenant keys of type text it is the key
     * @return its key
     * @throws IllegalArgumentException if the name is empty
     */
    public TenantKey named(String name) {
        return known.computeIfAbsent(name, unknown -> {
            TenantKey key = key(unknown);
            provision.accept(key, unknown);
            return key;
        });
    }

    /**
     * A tenant that no other test has.
     *
     * @return its key
     */
    public TenantKey unique() {
        return unique("tenant");
    }

    /**
     * A tenant that no other test has.
     *
     * @param prefix how its name begins
     * @return its key
     */
    public TenantKey unique(String prefix) {
        return named(prefix + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }

    private TenantKey key(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A tenant needs a name that is not empty.");
        }
        return switch (type) {
            case UUID -> TenantKey.of(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
            case BIGINT -> TenantKey.of(LEAST_NUMBER + (hash(name) >>> 4));
            case INT -> TenantKey.of((int) (LEAST_NUMBER + hash(name) % LEAST_NUMBER * 9));
            case TEXT -> TenantKey.of(name);
        };
    }

    private static long hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
