package dev.boundary.tenants.lifecycle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;

/** Lends a connection in a transaction to code that must not end it. */
final class HookConnection {

    private static final Set<String> ENDING = Set.of("commit", "close", "abort", "setAutoCommit");

    private HookConnection() {}

    static Connection of(Connection transaction) {
        return (Connection) Proxy.newProxyInstance(
                HookConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(proxy, transaction, method, arguments));
    }

    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself
    private static Object call(Object proxy, Connection transaction, Method method, Object[] arguments)
            throws Throwable {
        refuseEnding(method);
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> invoke(transaction, method, arguments);
        };
    }

    private static void refuseEnding(Method method) {
        String name = method.getName();
        if (ENDING.contains(name) || (name.equals("rollback") && method.getParameterCount() == 0)) {
            throw new UnsupportedOperationException("Hooks may not call Connection." + name
                    + "(): the change of the tenant is in the same transaction. Throw an exception to roll it back, or"
                    + " use a connection of your own.");
        }
    }

    private static Object invoke(Connection transaction, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(transaction, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
