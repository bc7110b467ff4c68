/** The session layer and the query layer for jOOQ. */
module dev.boundary.jooq {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.core;
    requires dev.boundary.rls;
    requires transitive org.jooq;
    requires jdk.jfr;
    requires org.postgresql.jdbc;
    requires org.slf4j;

    exports dev.boundary.jooq;
    exports dev.boundary.jooq.schema;

    // Files of SQL.
    opens dev.boundary.jooq.internal.session to
            dev.boundary.rls;
    opens dev.boundary.jooq.internal.startup to
            dev.boundary.rls;
}
