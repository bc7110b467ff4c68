/** The session layer and the query layer for jOOQ. */
module dev.boundary.jooq {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.core;
    requires transitive org.jooq;
    requires jdk.jfr;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires static micrometer.core;
    requires static transitive org.jooq.codegen;
    requires static transitive org.jooq.meta;

    exports dev.boundary.jooq;
    exports dev.boundary.jooq.codegen;
    exports dev.boundary.jooq.metrics;
    exports dev.boundary.jooq.schema;
}
