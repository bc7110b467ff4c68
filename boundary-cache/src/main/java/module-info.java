/** Caches whose entries belong to a tenant. */
module dev.boundary.cache {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.core;
    requires transitive com.github.benmanes.caffeine;
    // JCache's jar has no module name of its own; this is what the module path makes of cache-api-1.1.1.jar.
    requires transitive cache.api;

    exports dev.boundary.cache;
}
