package dev.boundary.jooq.internal.session;

import java.sql.Connection;

/**
 * What a statement belongs to.
 *
 * @param connection the bound connection
 * @param binder admits what is executed on it
 * @param values wraps what is read
 */
record StatementOwner(Connection connection, StatementBinder binder, Rebinding values) {}
