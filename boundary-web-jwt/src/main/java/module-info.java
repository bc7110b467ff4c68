/** Finds the tenant of a request in a verified bearer token. */
module dev.boundary.web.jwt {
    requires static transitive org.jspecify;
    requires transitive dev.boundary.web;
    requires com.nimbusds.jose.jwt;

    exports dev.boundary.web.jwt;
}
