/** JUnit extension, leak assertions, the isolation contract and jOOQ's code generation from a change log. */
module dev.boundary.testing {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.jooq;
    requires transitive dev.boundary.rls;
    requires transitive dev.boundary.testing.postgresql;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires java.logging;
    requires org.slf4j;
    requires static liquibase.core;
    requires static org.jooq.meta;
    // Only for Javadoc, which wants to see the annotations of jOOQ's configuration classes.
    requires static jakarta.xml.bind;
    requires static transitive org.junit.platform.engine;
    requires static org.junit.platform.launcher;

    exports dev.boundary.testing;
    exports dev.boundary.testing.codegen;
}
