/**
 * PostgreSQL databases for tests: from a JDBC URL, from Testcontainers or from an embedded server.
 *
 * <p>The embedded server and Testcontainers are not modules; those providers work on the class path only.
 *
 * <p>The central type is {@link dev.boundary.testing.postgresql.PostgresServer}.
 */
module dev.boundary.testing.postgresql {
    requires static transitive org.jspecify;
    requires transitive java.sql;
    requires java.naming;
    requires transitive org.postgresql.jdbc;
    requires org.slf4j;

    exports dev.boundary.testing.postgresql;
}
