/**
 * Tenants, scopes and events: what the running code may see, independent of how the database is reached.
 *
 * <p>The central type is {@link dev.boundary.core.TenantContext}.
 */
module dev.boundary.core {
    requires static transitive org.jspecify;
    requires transitive java.sql;
    requires org.slf4j;
    // JCache's jar has no module name of its own; this is what the module path makes of cache-api-1.1.1.jar.
    requires static cache.api;
    requires static com.github.benmanes.caffeine;
    requires static com.nimbusds.jose.jwt;
    requires static jakarta.servlet;
    requires static org.postgresql.jdbc;

    exports dev.boundary.core;
    exports dev.boundary.core.cache;
    exports dev.boundary.core.database;
    exports dev.boundary.core.event;
    exports dev.boundary.core.propagation;
    exports dev.boundary.core.registry;
    exports dev.boundary.core.registry.cache;
    exports dev.boundary.core.registry.jdbc;
    exports dev.boundary.core.resolution;
    exports dev.boundary.core.resolution.jwt;
    exports dev.boundary.core.routing;
    exports dev.boundary.core.servlet;
    exports dev.boundary.core.work;
}
