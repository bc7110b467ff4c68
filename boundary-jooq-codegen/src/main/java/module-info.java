/** Marks tenant tables in the classes that jOOQ generates, and generates them from a Liquibase change log. */
module dev.boundary.jooq.codegen {
    requires static transitive org.jspecify;
    requires dev.boundary.testing.postgresql;
    requires dev.boundary.testing.liquibase;
    requires java.sql;
    requires liquibase.core;
    requires transitive org.jooq.codegen;
    requires transitive org.jooq.meta;

    exports dev.boundary.jooq.codegen;
}
