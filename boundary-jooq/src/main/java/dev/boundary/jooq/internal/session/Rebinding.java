package dev.boundary.jooq.internal.session;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Wraps values of the driver that know its connection, so that they lead back to the bound one. */
interface Rebinding {

    /** Rows that lead back to the bound connection. */
    ResultSet bind(ResultSet rows) throws SQLException;

    /** An array whose rows lead back to the bound connection. */
    @Nullable
    Array bind(@Nullable Array array);

    /** The same for a value of any type. */
    @Nullable
    Object bindAny(@Nullable Object value) throws SQLException;

    /** The same for a value that was asked for by its type, which may be the driver's own. */
    <T> @Nullable T bindAs(@Nullable T value, Class<T> type) throws SQLException;
}
