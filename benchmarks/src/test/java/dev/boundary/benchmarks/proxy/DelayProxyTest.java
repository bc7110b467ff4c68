package dev.boundary.benchmarks.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class DelayProxyTest {

    private static TestDatabase database;

    @BeforeAll
    static void create() throws SQLException {
        database = PostgresServer.shared().createDatabase();
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @Test
    void countsFlushes() throws Exception {
        try (DelayProxy proxy = proxy(Duration.ZERO);
                Connection connection = connect(proxy);
                Statement statement = connection.createStatement()) {
            long before = proxy.flushes();
            statement.execute("select 1");
            assertThat(proxy.flushes() - before).isEqualTo(1);
            statement.execute("select 1; select 2; select 3");
            assertThat(proxy.flushes() - before).isEqualTo(2);
            connection.setAutoCommit(false);
            statement.execute("select 1"); // begin goes with it
            connection.commit();
            assertThat(proxy.flushes() - before).isEqualTo(4);
        }
    }

    @Test
    void countsOneFlushForBatchesLargerThanOnePacket() throws Exception {
        try (DelayProxy proxy = proxy(Duration.ZERO);
                Connection connection = connect(proxy);
                PreparedStatement statement = connection.prepareStatement("select length(?)")) {
            statement.setString(1, "x".repeat(500_000));
            long before = proxy.flushes();
            statement.execute();
            assertThat(proxy.flushes() - before).isEqualTo(1);
        }
    }

    @Test
    void delaysEachRoundTrip() throws Exception {
        Duration delay = Duration.ofMillis(20);
        try (DelayProxy proxy = proxy(delay);
                Connection connection = connect(proxy);
                Statement statement = connection.createStatement()) {
            long start = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                statement.execute("select 1");
            }
            // A lower bound is no matter of the machine's speed.
            assertThat(System.nanoTime() - start).isGreaterThan(3 * delay.toNanos());
        }
    }

    private static DelayProxy proxy(Duration delay) throws Exception {
        PostgresServer server = PostgresServer.shared();
        return new DelayProxy(new InetSocketAddress(server.host(), server.port()), delay);
    }

    private static Connection connect(DelayProxy proxy) throws SQLException {
        PGSimpleDataSource source = database.application();
        source.setUrl("jdbc:postgresql://" + proxy.address() + "/" + database.name());
        source.setUser(database.roles().application());
        source.setPassword(database.password());
        return source.getConnection();
    }
}
