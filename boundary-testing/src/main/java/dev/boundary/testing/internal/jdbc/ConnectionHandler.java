package dev.boundary.testing.internal.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stands before a connection. */
final class ConnectionHandler implements InvocationHandler {

    /** Who has to close a connection. */
    enum Owner {
        /** The code that asked for it. */
        CODE,
        /** A connection pool, some time. */
        POOL,
        /** Nobody: it ends with the test. */
        TEST
    }

    private final RecordingDataSource dataSource;
    private final Recorder recorder;
    private final Connection target;
    private final Owner owner;
    private final Connection proxy;
    private boolean closed;
    private volatile @Nullable String user;
    private volatile @Nullable String lastUser;

    ConnectionHandler(RecordingDataSource dataSource, Recorder recorder, Connection target, Owner owner) {
        this.dataSource = dataSource;
        this.recorder = recorder;
        this.target = target;
        this.owner = owner;
        this.proxy = RecordingDataSource.proxy(Connection.class, this);
    }

    Connection proxy() {
        return proxy;
    }

    Connection target() {
        return target;
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
    public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "close" -> {
                close();
                yield null;
            }
            case "isClosed" -> closed || target.isClosed();
            case "equals" -> isSame(self, arguments);
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> "recorded " + target;
            default -> {
                if (closed) {
                    throw new SQLException("The connection is closed", "08003");
                }
                notice(method.getName());
                yield wrapped(call(target, method, arguments), arguments);
            }
        };
    }

    private void notice(String method) {
        if (owner != Owner.POOL) {
            return;
        }
        if (method.equals("clearWarnings")) {
            user = null;
        } else if (method.equals("abort")) {
            dataSource.aborted(this);
        } else if ((method.startsWith("prepare") || method.equals("createStatement"))
                && RecordedCallSite.inPooledConnection()) {
            lastUser = RecordedCallSite.find();
            user = lastUser;
        }
    }

    private void close() throws SQLException {
        if (!closed) {
            closed = true;
            dataSource.close(this);
        }
    }

    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself only
    static boolean isSame(Object self, @Nullable Object @Nullable [] arguments) {
        return arguments != null && self == arguments[0];
    }

    private @Nullable Object wrapped(@Nullable Object result, @Nullable Object @Nullable [] arguments) {
        return switch (result) {
            case CallableStatement statement ->
                RecordingDataSource.proxy(CallableStatement.class, handler(statement, arguments));
            case PreparedStatement statement ->
                RecordingDataSource.proxy(PreparedStatement.class, handler(statement, arguments));
            case Statement statement -> RecordingDataSource.proxy(Statement.class, handler(statement, null));
            case null, default -> result;
        };
    }

    private StatementHandler handler(Statement statement, @Nullable Object @Nullable [] arguments) {
        String sql = arguments == null ? null : (String) arguments[0];
        return new StatementHandler(recorder, proxy, statement, sql);
    }

    /** Calls the target and throws what it throws. */
    static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
