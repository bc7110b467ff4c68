package dev.boundary.testing;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * JDBC code that returns something.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
interface ConnectionFunction<T extends @Nullable Object> {

    T apply(Connection connection) throws SQLException;
}
