package dev.boundary.testing.internal.jdbc;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Handles a recorded connection: wraps its statements, and notes who uses it. */
final class ConnectionHandler extends JdbcHandler<Connection> {

    /** Who has to close a connection. */
    enum Owner {
        /** The code that asked for it. */
        CODE,
        /** A connection pool, at some time. */
        POOL,
        /** The test kit, at the end of the test. */
        TEST
    }

    /** Is notified when the use of a connection ends. */
    interface Listener {

        void closed(ConnectionHandler connection) throws SQLException;

        void aborted(ConnectionHandler connection);
    }

    private final Listener listener;
    private final Recorder recorder;
    private final Owner owner;
    private final Connection proxy;
    private boolean closed;
    private volatile @Nullable String user;
    private volatile @Nullable String lastUser;

    ConnectionHandler(Listener listener, Recorder recorder, Connection target, Owner owner) {
        super(target);
        this.listener = listener;
        this.recorder = recorder;
        this.owner = owner;
        this.proxy = proxy(Connection.class);
    }

    Connection proxy() {
        return proxy;
    }

    Owner owner() {
        return owner;
    }

    /** The line that last used a pooled connection, if any. */
    Optional<String> lastUser() {
        return Optional.ofNullable(lastUser);
    }

    /** The same, if it has not given the connection back. */
    Optional<String> user() {
        return Optional.ofNullable(user);
    }

    @Override
    @Nullable
    Object handle(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "close" -> {
                close();
                yield null;
            }
            case "isClosed" -> closed || target().isClosed();
            case "toString" -> "recorded " + target();
            default -> forward(method, arguments);
        };
    }

    private void close() throws SQLException {
        if (!closed) {
            closed = true;
            listener.closed(this);
        }
    }

    private @Nullable Object forward(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (closed) {
            throw new SQLException("The connection is closed", "08003");
        }
        if (owner == Owner.POOL) {
            noteUser(method.getName());
        }
        Object result = call(method, arguments);
        return result instanceof Statement statement ? recorded(statement, arguments) : result;
    }

    private void noteUser(String method) {
        if (method.equals("clearWarnings")) {
            user = null;
        } else if (method.equals("abort")) {
            listener.aborted(this);
        } else if ((method.startsWith("prepare") || method.equals("createStatement"))
                && RecordedCallSite.inPooledConnection()) {
            lastUser = RecordedCallSite.find();
            user = lastUser;
        }
    }

    private Statement recorded(Statement statement, @Nullable Object @Nullable [] arguments) {
        Class<? extends Statement> type = interfaceOf(statement);
        String sql = type == Statement.class || arguments == null ? null : (String) arguments[0];
        return new StatementHandler(recorder, proxy, statement, sql).proxy(type);
    }
}
