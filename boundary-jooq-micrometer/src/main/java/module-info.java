/** Counts bindings, violations and unscoped access with Micrometer. */
module dev.boundary.jooq.micrometer {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.jooq;
    requires transitive micrometer.core;

    exports dev.boundary.jooq.micrometer;
}
