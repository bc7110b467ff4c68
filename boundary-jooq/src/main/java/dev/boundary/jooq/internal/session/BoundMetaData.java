package dev.boundary.jooq.internal.session;

import dev.boundary.core.TenantContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
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
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
        return switch (method.getName()) {
            case "getConnection" -> connection();
            case "isWrapperFor" -> type(arguments).isInstance(proxy);
            case "unwrap" -> Unwrapping.unwrap(proxy, type(arguments));
            default -> ask(method, arguments);
        };
    }

    /**
     * Libraries look at the catalog there outside any scope; they get an empty tenant. With the query layer alone it is
     * the driver's, for jOOQ looks at the catalog there.
     */
    private Connection connection() throws SQLException {
        if (connection.binder().variable().strategy() == BindingStrategy.NONE) {
            return connection.getDelegate();
        }
        return TenantContext.current().isPresent() ? connection : connection.withoutScope();
    }

    private static Class<?> type(Object @Nullable [] arguments) {
        if (arguments == null || !(arguments[0] instanceof Class<?> type)) {
            throw new IllegalArgumentException("The type to unwrap is missing");
        }
        return type;
    }

    /** The driver asks the catalog, by statements without a tenant. */
    private @Nullable Object ask(Method method, Object @Nullable [] arguments) throws SQLException {
        Optional<Object> answer = connection.binder().exclusively(() -> call(method, arguments));
        return answer.orElse(null) instanceof ResultSet rows
                ? connection.values().bind(rows)
                : answer.orElse(null);
    }

    private Optional<Object> call(Method method, Object @Nullable [] arguments) throws SQLException {
        try {
            return Optional.ofNullable(method.invoke(raw, arguments));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("The driver's metadata cannot be used", e);
        } catch (InvocationTargetException e) {
            throw asThrown(e);
        }
    }

    private static SQLException asThrown(InvocationTargetException e) {
        return switch (e.getCause()) {
            case SQLException error -> error;
            case RuntimeException error -> throw error;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException("The driver's metadata failed", e);
        };
    }
}
