/** The tenant registry in the database, its cache, its change listener, and work for each tenant. */
@SuppressWarnings("module") // the modules of qualified exports are built later
module dev.boundary.registry {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.core;
    requires com.github.benmanes.caffeine;
    requires org.postgresql.jdbc;
    requires org.slf4j;

    exports dev.boundary.registry;
    exports dev.boundary.registry.internal to
            dev.boundary.tenants;
}
