/** Operations on whole tenants: their lifecycle, export, import and erasure, and tenants in a schema or database of their own. */
module dev.boundary.tenants {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.core;
    requires transitive dev.boundary.registry;
    requires transitive dev.boundary.rls;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports dev.boundary.tenants;
    exports dev.boundary.tenants.archive;
    exports dev.boundary.tenants.erasure;
    exports dev.boundary.tenants.isolation;
    exports dev.boundary.tenants.lifecycle;

    // The manifest's records, which are read and written by reflection.
    opens dev.boundary.tenants.archive to
            tools.jackson.databind;
}
