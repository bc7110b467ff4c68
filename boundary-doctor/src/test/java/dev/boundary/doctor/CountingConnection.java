package dev.boundary.doctor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the statements that are sent through a connection. */
final class CountingConnection {

    private final AtomicInteger statements = new AtomicInteger();

    int statements() {
        return statements.get();
    }

    Connection wrap(Connection connection) {
        return proxy(Connection.class, connection);
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (Statement.class.isAssignableFrom(method.getDeclaringClass())
                            && method.getName().startsWith("execute")) {
                        statements.incrementAndGet();
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        return result instanceof Statement ? wrapped(method.getReturnType(), result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private <T> T wrapped(Class<T> type, Object target) {
        return proxy(type, type.cast(target));
    }
}
