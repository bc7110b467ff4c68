/** Running tenants: their lifecycle, export, import and erasure, and tenants in a schema or database of their own. */
module dev.boundary.tenants {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.core;
    requires dev.boundary.rls;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires tools.jackson.databind;
}
