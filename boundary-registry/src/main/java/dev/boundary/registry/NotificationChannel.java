package dev.boundary.registry;

import dev.boundary.core.TenantKeyType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A connection that listens for notifications of the registry and for its own probes. Used by one thread. */
final class NotificationChannel {

    private static final String CHANNEL = "boundary_tenant";

    private final Connection connection;
    private final PGConnection notifications;
    private final TenantKeyType keyType;
    private final Duration answerWithin;

    /** A channel that no other process uses, so that a probe wakes no other process. */
    private final String ownChannel =
            "boundary_probe_" + UUID.randomUUID().toString().replace('-', '_');

    private NotificationChannel(
            Connection connection, PGConnection notifications, TenantKeyType keyType, Duration answerWithin) {
        this.connection = connection;
        this.notifications = notifications;
        this.keyType = keyType;
        this.answerWithin = answerWithin;
    }

    static NotificationChannel open(Connection connection, Duration answerWithin) throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            throw new SQLException(
                    "Only connections of the PostgreSQL JDBC driver receive notifications, and this is a "
                            + connection.getClass().getName() + ". Give the listener a PGSimpleDataSource.");
        }
        connection.setAutoCommit(true);
        connection.setNetworkTimeout(Runnable::run, (int) answerWithin.toMillis());
        NotificationChannel channel = new NotificationChannel(
                connection, connection.unwrap(PGConnection.class), keyType(connection), answerWithin);
        channel.listen();
        return channel;
    }

    private void listen() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
            statement.execute("listen " + ownChannel);
        }
    }

    private static TenantKeyType keyType(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select tenant_key_type from boundary.installation")) {
            if (!row.next()) {
                throw new SQLException("boundary.installation has no row. Run the change installBoundary again.");
            }
            return TenantKeyType.ofSqlName(row.getString(1));
        }
    }

    /** Passes changes on until it is time for the next probe. */
    void await(Duration pause, Consumer<Optional<ChangedTenant>> changes) throws SQLException {
        long end = System.nanoTime() + pause.toNanos();
        for (int left = left(end); left > 0; left = left(end)) {
            take(left, changes);
        }
    }

    /** Sends a notification to itself and waits until it arrives, passing on the changes that arrive before it. */
    void probe(Consumer<Optional<ChangedTenant>> changes) throws SQLException {
        notifyOwnChannel();
        long end = System.nanoTime() + answerWithin.toNanos();
        for (int left = left(end); left > 0; left = left(end)) {
            if (take(left, changes)) {
                return;
            }
        }
        throw new SQLException("A notification that was sent to this connection did not arrive in " + answerWithin
                + ". A pooler in transaction mode does not pass them on: connect the listener to PostgreSQL itself.");
    }

    private void notifyOwnChannel() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_catalog.pg_notify(?, '')")) {
            statement.setString(1, ownChannel);
            statement.execute();
        }
    }

    private static int left(long end) {
        return (int) Math.max(0, (end - System.nanoTime() + 999_999) / 1_000_000);
    }

    /** Passes on the changes that arrive, and returns whether the probe did. */
    private boolean take(int timeoutMillis, Consumer<Optional<ChangedTenant>> changes) throws SQLException {
        PGNotification @Nullable [] arrived = notifications.getNotifications(timeoutMillis);
        boolean own = false;
        if (arrived != null) {
            for (PGNotification notification : arrived) {
                if (notification.getName().equals(CHANNEL)) {
                    changes.accept(ChangedTenant.parse(notification.getParameter(), keyType));
                } else {
                    own = true;
                }
            }
        }
        return own;
    }
}
