/** Runs a Liquibase change log on a test database. */
@SuppressWarnings("module") // the modules of qualified exports are built later
module dev.boundary.testing.liquibase {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.testing.postgresql;
    requires transitive liquibase.core;
    requires java.logging;

    exports dev.boundary.testing.liquibase;
    exports dev.boundary.testing.liquibase.internal to
            dev.boundary.jooq.codegen;
}
