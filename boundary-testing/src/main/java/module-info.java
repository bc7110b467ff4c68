/** JUnit extension, leak assertions and the isolation contract. */
module dev.boundary.testing {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.jooq;
    requires transitive dev.boundary.rls;
    requires transitive dev.boundary.testing.postgresql;

    exports dev.boundary.testing;
}
