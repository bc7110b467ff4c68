package dev.boundary.jooq.internal.session;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Metadata that lead back to the bound connection, and not to the driver's. */
final class BoundMetaData implements InvocationHandler {

    private final DatabaseMetaData raw;
    private final BoundConnection connection;

    private BoundMetaData(DatabaseMetaData raw, BoundConnection connection) {
        this.raw = raw;
        this.connection = connection;
    }

    static DatabaseMetaData of(DatabaseMetaData raw, BoundConnection connection) {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                BoundMetaData.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                new BoundMetaData(raw, connection));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "getConnection" -> connection;
            case "isWrapperFor" -> type(arguments).isInstance(proxy);
            case "unwrap" -> Unwrapping.unwrap(proxy, type(arguments));
            default -> ask(method, arguments);
        };
    }

    private static Class<?> type(Object @Nullable [] arguments) {
        if (arguments == null || !(arguments[0] instanceof Class<?> type)) {
            throw new IllegalArgumentException("The type to unwrap is missing");
        }
        return type;
    }

    /** The driver asks the catalog, by statements without a tenant. */
    private @Nullable Object ask(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            Object answer = connection.binder().exclusively(() -> call(method, arguments));
            return answer instanceof ResultSet rows ? connection.bind(rows) : answer;
        } catch (UndeclaredException e) {
            throw e.getCause();
        }
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws SQLException {
        try {
            return method.invoke(raw, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException error) {
                throw error;
            }
            throw new UndeclaredException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new UndeclaredException(e);
        }
    }

    /** Carries what is neither an SQLException nor unchecked past the signature. */
    private static final class UndeclaredException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UndeclaredException(Throwable cause) {
            super(cause);
        }

        @Override
        public synchronized Throwable getCause() {
            return super.getCause();
        }
    }
}
