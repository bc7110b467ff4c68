/** Data sources that route a tenant to its region, and to a schema or a database of its own. */
module dev.boundary.routing {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.core;

    exports dev.boundary.routing;
}
