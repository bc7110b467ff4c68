/** The session layer and the query layer for jOOQ. */
module dev.boundary.jooq {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.core;
    requires transitive org.jooq;
    requires jdk.jfr;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    // Not transitive: javac would then ask every user of this module for them.
    requires static micrometer.core;
    requires static org.jooq.codegen;
    requires static org.jooq.meta;
    // Only for Javadoc, which wants to see the annotations of jOOQ's configuration classes.
    requires static jakarta.xml.bind;

    exports dev.boundary.jooq;
    exports dev.boundary.jooq.codegen;
    exports dev.boundary.jooq.metrics;
    exports dev.boundary.jooq.schema;
}
