/** Runs a Liquibase change log on a test database. */
module dev.boundary.testing.liquibase {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.testing.postgresql;
    requires transitive liquibase.core;
    requires java.logging;

    exports dev.boundary.testing.liquibase;
}
