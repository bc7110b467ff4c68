package dev.boundary.tenants.lifecycle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;

/** A transaction that is lent: whoever has it cannot end it. */
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
        String name = method.getName();
        if (ENDING.contains(name) || (name.equals("rollback") && method.getParameterCount() == 0)) {
            throw new UnsupportedOperationException(
                    "Connection." + name + "() is not for hooks: the change of the tenant"
                            + " is in this transaction too. Throw an exception to undo it, or use a connection of your own.");
        }
        return switch (name) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> {
                try {
                    yield method.invoke(transaction, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
        };
    }
}
