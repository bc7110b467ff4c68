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
    private final StatementOwner owner;
    private final SqlCall<Connection> withoutScope;

    private BoundMetaData(DatabaseMetaData raw, StatementOwner owner, SqlCall<Connection> withoutScope) {
        this.raw = raw;
        this.owner = owner;
        this.withoutScope = withoutScope;
    }

    /**
     * Wraps metadata.
     *
     * @param owner the connection that has them
     * @param withoutScope the same connection, where statements outside any scope have an empty tenant
     */
    static DatabaseMetaData of(DatabaseMetaData raw, StatementOwner owner, SqlCall<Connection> withoutScope) {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                BoundMetaData.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                new BoundMetaData(raw, owner, withoutScope));
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
        if (owner.binder().variable().strategy() == BindingStrategy.NONE) {
            return raw.getConnection();
        }
        return TenantContext.current().isPresent() ? owner.connection() : withoutScope.call();
    }

    private static Class<?> type(Object @Nullable [] arguments) {
        if (arguments == null || !(arguments[0] instanceof Class<?> type)) {
            throw new IllegalArgumentException("The type to unwrap is missing");
        }
        return type;
    }

    /** The driver asks the catalog, by statements without a tenant. */
    private @Nullable Object ask(Method method, Object @Nullable [] arguments) throws SQLException {
        Optional<Object> answer = owner.binder().exclusively(() -> call(method, arguments));
        return answer.orElse(null) instanceof ResultSet rows ? owner.values().bind(rows) : answer.orElse(null);
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
