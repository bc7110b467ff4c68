/** Row-level security as a model and as plain SQL. */
@SuppressWarnings("module") // the modules of qualified exports are built later
module dev.boundary.rls {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.core;
    requires org.slf4j;

    exports dev.boundary.rls;
    exports dev.boundary.rls.internal.catalog to
            dev.boundary.cli,
            dev.boundary.doctor,
            dev.boundary.jooq,
            dev.boundary.tenants,
            dev.boundary.testing;
    exports dev.boundary.rls.internal.policy to
            dev.boundary.doctor,
            dev.boundary.jooq,
            dev.boundary.testing;
    exports dev.boundary.rls.internal.sql to
            dev.boundary.cli,
            dev.boundary.doctor,
            dev.boundary.jooq,
            dev.boundary.rls.liquibase,
            dev.boundary.tenants,
            dev.boundary.testing;
}
