package dev.boundary.registry;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.registry.Slug;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tenant that a notification says was changed. Any role may have sent it.
 *
 * @param key the tenant
 * @param slugs the slugs that it has and had
 * @param domains the domains that it has and had
 */
record ChangedTenant(TenantKey key, List<Slug> slugs, List<String> domains) {

    private static final int LINES = 3;

    /**
     * Reads the payload of a notification.
     *
     * @return empty if the registry does not write such a payload about one tenant
     */
    static Optional<ChangedTenant> parse(String payload, TenantKeyType type) {
        String[] lines = payload.split("\n", LINES); // a key of type text may have line feeds, so it is the last
        if (lines.length < LINES) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ChangedTenant(
                    TenantKey.parse(type, lines[2]),
                    words(lines[0]).map(Slug::new).toList(),
                    words(lines[1]).toList()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Stream<String> words(String line) {
        return Stream.of(line.split(" ", -1)).filter(word -> !word.isEmpty());
    }

    void evictFrom(CachedTenantRegistry cache) {
        cache.evict(key);
        slugs.forEach(cache::evict);
        domains.forEach(cache::evictDomain);
    }
}
