package dev.boundary.registry;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A pool of one connection, with autocommit off, that does not reset what borrowers leave behind. */
final class SharedConnection implements AutoCloseable {

    private final Connection connection;

    SharedConnection(DataSource source) throws SQLException {
        this.connection = source.getConnection();
        connection.setAutoCommit(false);
    }

    DataSource source() {
        Connection lent = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> lent);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
