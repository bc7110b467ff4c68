package dev.boundary.jooq.internal.session;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A text to prepare.
 *
 * @param kind what it consists of
 * @param sql the text as the caller wrote it
 * @param preparation prepares it, or another text, with the caller's options
 */
record PreparedText(SqlText kind, String sql, Preparation preparation) {

    /** Prepares a statement of the driver. */
    @FunctionalInterface
    interface Preparation {
        PreparedStatement prepare(String sql) throws SQLException;
    }

    /** A statement of the driver that has the caller's placeholders only. */
    PreparedStatement prepare() throws SQLException {
        return preparation.prepare(sql);
    }
}
