/** Finds the tenant of a request and opens its scope. */
module dev.boundary.web {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.core;
    requires transitive jakarta.servlet;
    requires org.slf4j;

    exports dev.boundary.web;
}
