/**
 * Operations on whole tenants: their lifecycle, export, import and erasure, and tenants in a schema or database of
 * their own.
 */
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

    // The manifest's records, which are read and written by reflection, and files of SQL.
    opens dev.boundary.tenants.archive to
            dev.boundary.rls,
            tools.jackson.databind;
    // Files of SQL.
    opens dev.boundary.tenants.erasure to
            dev.boundary.rls;
    opens dev.boundary.tenants.internal.tables to
            dev.boundary.rls;
    opens dev.boundary.tenants.isolation to
            dev.boundary.rls;
    opens dev.boundary.tenants.lifecycle to
            dev.boundary.rls;
}
