package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.boundary.cli.work.RunReport;
import dev.boundary.core.TenantKey;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.rls.internal.catalog.Installation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A pooler that loses prepared statements must not keep the connections of those that failed. */
class SqlTaskTest {

    private final List<Connection> taken = new ArrayList<>();

    @Test
    void aConnectionThatCannotBecomeASessionIsClosed() throws Exception {
        try (Shop shop = Shop.open()) {
            Installation installation;
            try (Connection connection = shop.database().application().getConnection()) {
                installation = Installation.read(connection);
            }
            SqlTask task = new SqlTask(
                    losingStatements(shop.database().application()), installation, List.of(), true, false, report());
            Tenant tenant = new Tenant(
                    TenantKey.of(1L), new Slug("acme"), "Acme", Optional.empty(), TenantState.ACTIVE, Map.of());
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> task.run(tenant))
                        .matches(e -> DatabaseErrors.sentence(e).contains("prepareThreshold=0"));
            }
            assertThat(taken).hasSize(3);
            for (Connection connection : taken) {
                assertThat(connection.isClosed()).isTrue();
            }
        }
    }

    private static RunReport report() {
        return (RunReport) Proxy.newProxyInstance(
                SqlTaskTest.class.getClassLoader(),
                new Class<?>[] {RunReport.class},
                (proxy, method, arguments) -> null);
    }

    private DataSource losingStatements(DataSource source) {
        return proxy(DataSource.class, source, () -> {
            Connection connection = source.getConnection();
            taken.add(connection);
            return proxy(Connection.class, connection, () -> {
                throw new SQLException("ERROR: prepared statement \"S_1\" already exists", "42P05");
            });
        });
    }

    /** What getConnection and rollback do, which a driver sends as a prepared statement. */
    @FunctionalInterface
    private interface Substitute {
        Object get() throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T target, Substitute substitute) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")
                            || method.getName().equals("rollback")) {
                        return substitute.get();
                    }
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
