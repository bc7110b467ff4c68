package dev.boundary.testing.internal.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Handles the calls of a proxy of one of the driver's objects.
 *
 * @param <T> the interface of the object
 */
abstract class JdbcHandler<T> implements InvocationHandler {

    private final T target;

    JdbcHandler(T target) {
        this.target = target;
    }

    /** The driver's object. */
    final T target() {
        return target;
    }

    /** A proxy whose calls this handler receives; equal to itself only. */
    final <S extends T> S proxy(Class<S> type) {
        return type.cast(Proxy.newProxyInstance(JdbcHandler.class.getClassLoader(), new Class<?>[] {type}, this));
    }

    /** The interface that a proxy of a statement must have. */
    static Class<? extends Statement> interfaceOf(Statement statement) {
        return switch (statement) {
            case CallableStatement _ -> CallableStatement.class;
            case PreparedStatement _ -> PreparedStatement.class;
            default -> Statement.class;
        };
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself only
    public final @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "equals" -> arguments != null && self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> handle(method, arguments);
        };
    }

    /** Handles a call of any method but {@code equals} and {@code hashCode}. */
    abstract @Nullable Object handle(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;

    /** Calls the driver's object and throws what it throws. */
    final @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
