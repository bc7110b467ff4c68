/** Row-level security as a model, as plain SQL and as Liquibase changes. */
module dev.boundary.rls {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.core;
    requires org.slf4j;

    exports dev.boundary.rls;
}
