package dev.boundary.jooq.internal.session;

import java.sql.SQLException;

/** A connection was closed when it was taken, because of what a statement had left on it; another one can be taken. */
final class LeftoversException extends SQLException {

    private static final long serialVersionUID = 1L;

    LeftoversException() {
        super("The connection had leftovers of other statements, and was closed.");
    }
}
