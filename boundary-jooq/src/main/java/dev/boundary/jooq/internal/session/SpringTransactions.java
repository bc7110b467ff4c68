package dev.boundary.jooq.internal.session;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Spring's transaction on the current thread. Boundary does not depend on Spring: the few members that it needs are
 * found by reflection where spring-jdbc is there.
 */
final class SpringTransactions {

    private static final String MANAGER = "org.springframework.transaction.support.TransactionSynchronizationManager";
    private static final String DATA_SOURCE = "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy";
    private static final String HOLDER = "org.springframework.jdbc.datasource.ConnectionHolder";
    private static final String CONNECTION = "org.springframework.jdbc.datasource.ConnectionProxy";

    private static final @Nullable SpringTransactions INSTANCE = find();

    private final Method isActive;
    private final Method resources;
    private final Class<?> holder;
    private final Method connection;
    private final Class<?> dataSourceProxy;
    private final Class<?> connectionProxy;

    private SpringTransactions(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> manager = Class.forName(MANAGER, true, loader);
        isActive = manager.getMethod("isActualTransactionActive");
        resources = manager.getMethod("getResourceMap");
        holder = Class.forName(HOLDER, true, loader);
        connection = holder.getMethod("getConnection");
        dataSourceProxy = Class.forName(DATA_SOURCE, true, loader);
        connectionProxy = Class.forName(CONNECTION, true, loader);
    }

    /** Null if spring-jdbc is not there. */
    static @Nullable SpringTransactions instance() {
        return INSTANCE;
    }

    private static @Nullable SpringTransactions find() {
        try {
            return new SpringTransactions(SpringTransactions.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Boundary cannot join the transactions of this version of Spring", e);
        }
    }

    /** Whether Spring has begun a transaction on this thread. */
    boolean isActive() {
        return (boolean) call(isActive, null);
    }

    /** The data source on which Spring has begun the transaction of this thread, if it leads where this one does. */
    Optional<DataSource> transactionOn(DataSource source) throws SQLException {
        if (!isActive()) {
            return Optional.empty();
        }
        DataSource found = null;
        for (Map.Entry<?, ?> resource : ((Map<?, ?>) call(resources, null)).entrySet()) {
            if (resource.getKey() instanceof DataSource candidate && isTransactional(resource.getValue())) {
                if (candidate.equals(source)) {
                    return Optional.of(candidate);
                }
                found = DataSourceInspection.leadToTheSame(candidate, source) ? candidate : found;
            }
        }
        return Optional.ofNullable(found);
    }

    /** Spring also keeps connections that are not part of the transaction until its end; they are in autocommit. */
    private boolean isTransactional(Object resource) throws SQLException {
        return holder.isInstance(resource) && !((Connection) call(connection, resource)).getAutoCommit();
    }

    /** Whether connections of the source join Spring's transaction without help of ours. */
    boolean joins(DataSource source) {
        return dataSourceProxy.isInstance(source);
    }

    /** Connections of the source that join Spring's transaction on it. */
    DataSource joining(DataSource source) {
        try {
            return (DataSource) dataSourceProxy.getConstructor(DataSource.class).newInstance(source);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The transactions of Spring cannot be joined", e);
        }
    }

    /** Whether the connection is the one of Spring's transaction, so that Spring alone may end it. */
    boolean manages(Connection connection) throws SQLException {
        return isActive() && connectionProxy.isInstance(connection) && !connection.getAutoCommit();
    }

    private static Object call(Method method, @Nullable Object target) {
        try {
            return method.invoke(target);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Cannot determine whether Spring has begun a transaction", e);
        }
    }
}
