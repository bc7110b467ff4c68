package dev.boundary.testing;

import static dev.boundary.testing.ShopSetup.BOOKING;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.jooq.Boundary;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a test leaves behind on a connection fails it, whether the connection is plain or HikariCP's. */
class LeftoversTest {

    /** What is left, and the message about it. */
    enum Left {
        TENANT("select set_config('app.current_tenant_id', '7', false)", "is still set in app.current_tenant_id"),
        TRANSACTION("begin", "a transaction is still open"),
        TEMPORARY_TABLE("create temporary table scratch (id int)", "temporary relations are left: scratch"),
        CURSOR("declare kept cursor with hold for select 1", "cursors WITH HOLD are left open: kept"),
        LISTENING("listen news", "still listens: news"),
        LOCK("select pg_advisory_lock_shared(42)", "session-level advisory locks are left: 1"),
        STATEMENT("prepare later as select 1", "statements are left PREPAREd by SQL: later");

        private final String sql;
        private final String message;

        Left(String sql, String message) {
            this.sql = sql;
            this.message = message;
        }

        void leave(DataSource dataSource) throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    private static Map<String, String> outcomes = Map.of();

    @BeforeAll
    static void runAll() {
        outcomes = TestKit.outcomes(Planted.class);
    }

    private static AbstractStringAssert<?> assertOutcome(String test) {
        assertThat(outcomes).containsKey(test);
        return assertThat(outcomes.get(test)).as(test);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundOnAPlainConnection(Left left) {
        assertFound("plain", left);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundOnAConnectionOfAPoolThatIsClosed(Left left) {
        assertFound("closed pool", left);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundOnAConnectionOfAPoolThatStaysOpen(Left left) {
        assertFound("open pool", left);
    }

    private static void assertFound(String where, Left left) {
        assertOutcome(where + " " + left)
                .contains(left.message)
                .contains("The next user of the connection would find something of this one")
                .contains("LeftoversTest");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            leaked                | The connection opened at
            leakedFromOpenPool    | was taken from a connection pool, last used at
            leakedFromClosedPool  | was taken from a connection pool, last used at
            transactionOfBatches  | a transaction is still open
            """)
    void aLeakedConnectionIsFoundWithItsLine(String test, String expected) {
        assertOutcome(test).contains(expected).contains("LeftoversTest.java");
    }

    @ParameterizedTest
    @CsvSource({"clean", "cleanPool", "cleanDsl"})
    void nothingLeftIsFine(String test) {
        assertOutcome(test).isEmpty();
    }

    @Test
    void theNextTestGetsACleanConnection() {
        Map<String, String> inOrder = TestKit.outcomes(InOrder.class);
        assertThat(inOrder.get("first")).contains("is still set");
        assertThat(inOrder.get("second")).isEmpty();
    }

    private static HikariDataSource pool(DataSource dataSource) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(dataSource);
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        config.setConnectionInitSql("select 1");
        return new HikariDataSource(config);
    }

    @BoundaryTest(ShopSetup.class)
    @DisplayNameGeneration(TestKit.MethodNames.class)
    static class Planted {

        @ParameterizedTest(name = "plain {0}")
        @EnumSource
        void plain(Left left, DataSource dataSource) throws SQLException {
            left.leave(dataSource);
        }

        @ParameterizedTest(name = "closed pool {0}")
        @EnumSource
        void closedPool(Left left, DataSource dataSource) throws SQLException {
            try (HikariDataSource pool = pool(dataSource)) {
                left.leave(pool);
            }
        }

        @ParameterizedTest(name = "open pool {0}")
        @EnumSource
        @SuppressWarnings("resource") // on purpose
        void openPool(Left left, DataSource dataSource) throws SQLException {
            left.leave(pool(dataSource));
        }

        @Test
        @SuppressWarnings("MustBeClosedChecker")
        void leaked(DataSource dataSource) throws SQLException {
            assertThat(dataSource.getConnection()).isNotNull();
        }

        @Test
        @SuppressWarnings({"MustBeClosedChecker", "resource"})
        void leakedFromOpenPool(DataSource dataSource) throws SQLException {
            Connection leaked = pool(dataSource).getConnection();
            leaked.createStatement().execute("select 1");
        }

        @Test
        @SuppressWarnings({"MustBeClosedChecker", "resource"})
        void leakedFromClosedPool(DataSource dataSource) throws SQLException {
            try (HikariDataSource pool = pool(dataSource)) {
                Connection leaked = pool.getConnection();
                leaked.createStatement().execute("select 1");
            }
        }

        @Test
        @SuppressWarnings({"MustBeClosedChecker", "resource"})
        void transactionOfBatches(DataSource dataSource) throws SQLException {
            Connection connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            Statement statement = connection.createStatement();
            statement.addBatch("set local work_mem = '1MB'");
            statement.executeBatch();
        }

        @Test
        void clean(DataSource dataSource) throws SQLException {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("create temporary table scratch on commit drop as select 1");
                connection.commit();
            }
        }

        @Test
        @SuppressWarnings("resource") // a pool may outlive the test
        void cleanPool(DataSource dataSource) throws SQLException {
            HikariDataSource pool = pool(dataSource);
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("select 1");
                connection.commit();
            }
        }

        @Test
        @WithTenant("acme")
        void cleanDsl(DataSource dataSource, Boundary boundary) {
            try (HikariDataSource pool = pool(dataSource)) {
                assertThat(boundary.dsl(pool).fetchCount(BOOKING)).isZero();
            }
        }
    }

    @BoundaryTest(ShopSetup.class)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    @DisplayNameGeneration(TestKit.MethodNames.class)
    static class InOrder {

        @Test
        void first(DataSource dataSource) throws SQLException {
            Left.TENANT.leave(dataSource);
        }

        @Test
        void second(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("select current_setting('app.current_tenant_id', true)")) {
                rows.next();
                assertThat(rows.getString(1)).isNullOrEmpty();
            }
        }
    }
}
