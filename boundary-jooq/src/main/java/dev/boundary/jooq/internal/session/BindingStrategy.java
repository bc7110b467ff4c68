package dev.boundary.jooq.internal.session;

/** How the tenant reaches the server. */
public enum BindingStrategy {
    /** Not at all: the query layer alone keeps tenants apart. */
    NONE,
    /** With the statement, in the same round trip, for exactly that statement. */
    PREFIX,
    /** By {@code SET LOCAL} before the statement, in the same transaction; in autocommit in one of its own. */
    SET_LOCAL,
    /** For the session, when a connection is taken; it is removed when the connection is given back. */
    CHECKOUT
}
