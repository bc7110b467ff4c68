/**
 * Tenants, scopes, events and the contracts of registry and routing: what the running code may see, whatever library
 * sends its statements.
 *
 * <p>The central type is {@link dev.boundary.core.TenantContext}.
 */
@SuppressWarnings("module") // the modules of qualified exports are built later
module dev.boundary.core {
    requires static transitive org.jspecify;
    requires transitive java.sql;
    requires org.slf4j;

    exports dev.boundary.core;
    exports dev.boundary.core.event;
    exports dev.boundary.core.internal to
            dev.boundary.jooq,
            dev.boundary.registry,
            dev.boundary.routing,
            dev.boundary.tenants,
            dev.boundary.web,
            dev.boundary.web.jwt;
    exports dev.boundary.core.propagation;
    exports dev.boundary.core.registry;
    exports dev.boundary.core.routing;
}
