/** JUnit extension, leak assertions and the isolation contract. */
module dev.boundary.testing {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.jooq;
    requires transitive dev.boundary.doctor;
    requires transitive dev.boundary.rls;
    requires transitive dev.boundary.testing.postgresql;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires java.logging;
    requires org.slf4j;
    requires transitive org.junit.platform.engine;
    requires org.junit.platform.launcher;

    exports dev.boundary.testing;

    opens dev.boundary.testing to
            dev.boundary.rls;
    opens dev.boundary.testing.internal.catalog to
            dev.boundary.rls;
    opens dev.boundary.testing.internal.jdbc to
            dev.boundary.rls;
}
