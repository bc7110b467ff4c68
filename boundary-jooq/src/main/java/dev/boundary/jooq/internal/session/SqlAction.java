package dev.boundary.jooq.internal.session;

import java.sql.SQLException;

/** The same as {@link SqlCall} without a value. */
@FunctionalInterface
interface SqlAction {
    void run() throws SQLException;
}
