package dev.boundary.jooq.internal;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps nothing. In the place of jOOQ's cache of parsed statements, which would keep SQL with the tenant that the query
 * layer wrote into it; the setting that turns the cache off is lost when a configuration is derived with others.
 */
public final class DiscardingMap extends AbstractMap<Object, Object> {

    /** Creates one; it is safe for use by several threads. */
    public DiscardingMap() {}

    @Override
    public @Nullable Object put(Object key, Object value) {
        return null;
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
        return Set.of();
    }
}
