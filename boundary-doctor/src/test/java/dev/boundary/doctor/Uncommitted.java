package dev.boundary.doctor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A superuser's transaction that is never committed: what is done to the database, and to roles of the whole server, is
 * gone at the end, and no one else sees it. The doctor sees it through a connection that looks as if it were in
 * autocommit mode.
 */
final class Uncommitted implements AutoCloseable {

    private static final String OWN_TRANSACTION = "set transaction ";

    private final Connection connection;

    /** The connection is a superuser's; it is not closed, so that the next transaction finds its caches filled. */
    Uncommitted(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    void execute(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                // Cannot be in a transaction; the test of the whole script creates such an index unchanged.
                statement.execute(sql.replace(" concurrently ", " "));
            }
            statement.execute("reset role");
        }
    }

    Report examine(Doctor doctor, String role) throws SQLException {
        execute(List.of("set local role " + role));
        // The statement is refused once there was a query; the rest of the doctor's transaction becomes a savepoint.
        Report report = doctor.examine(proxy(Connection.class, connection));
        execute(List.of());
        return report;
    }

    private <T> T proxy(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> invoke(target, method, arguments)));
    }

    private @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        Object first = arguments == null ? "" : arguments[0];
        return switch (method.getName()) {
            case "getAutoCommit" -> true;
            case "setAutoCommit" -> Boolean.TRUE.equals(first) ? null : run("savepoint doctor");
            case "rollback" -> run("rollback to savepoint doctor");
            case "execute" -> first.toString().startsWith(OWN_TRANSACTION) ? false : pass(target, method, arguments);
            default -> pass(target, method, arguments);
        };
    }

    private @Nullable Object pass(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            Object result = method.invoke(target, arguments);
            return method.getReturnType() == Statement.class && result != null
                    ? proxy(Statement.class, result)
                    : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private @Nullable Object run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return null;
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
    }
}
