package dev.boundary.jooq.internal.session;

import dev.boundary.core.routing.RoutingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.impl.DataSourceConnectionProvider;

/** Finds out whether somebody manages a transaction of the application role for the current thread. */
final class ThreadTransaction {

    private ThreadTransaction() {}

    /** Whether connections that are taken now are in a transaction that was begun before. */
    static boolean isOn(ConnectionProvider application) throws SQLException {
        return switch (application) {
            case JoiningConnectionProvider joining -> isOn(joining.dataSource());
            case DataSourceConnectionProvider sources -> isOn(sources.dataSource());
            default -> isOnConnectionOf(application);
        };
    }

    /** The same for a data source, which leads to a pool or to the connection of a transaction. */
    static boolean isOn(DataSource application) throws SQLException {
        SpringTransactions spring = SpringTransactions.instance();
        if (spring != null && spring.transactionOn(application).isPresent()) {
            return true;
        }
        return !isPlain(application) && isBegunOnConnectionOf(application);
    }

    /**
     * Each connection of a pool or of the driver is free when it is taken; that of another data source may be the
     * connection of a transaction.
     */
    private static boolean isPlain(DataSource source) {
        String name = source.getClass().getName();
        return source instanceof RoutingDataSource
                || name.startsWith("com.zaxxer.hikari.")
                || name.startsWith("org.postgresql.");
    }

    private static boolean isBegunOnConnectionOf(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return PhysicalConnection.of(connection).hasBegun();
        }
    }

    private static boolean isOnConnectionOf(ConnectionProvider provider) throws SQLException {
        Connection connection = provider.acquire();
        try {
            return connection != null && PhysicalConnection.of(connection).inTransaction();
        } finally {
            if (connection != null) {
                provider.release(connection);
            }
        }
    }
}
