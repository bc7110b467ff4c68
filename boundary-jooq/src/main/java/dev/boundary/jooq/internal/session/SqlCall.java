package dev.boundary.jooq.internal.session;

import java.sql.SQLException;

/** Something that the driver does. */
@FunctionalInterface
interface SqlCall<T> {
    T call() throws SQLException;
}
