package dev.boundary.testing;

import static dev.boundary.testing.ShopSetup.BOOKING;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.jooq.Boundary;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a test leaves behind on a connection fails it, whether the connection is plain or HikariCP's. */
class LeftoversTest {

    private static final String CASES = """
            select set_config('app.current_tenant_id', '7', false) | is still set in app.current_tenant_id
            begin                                                  | a transaction is still open
            create temporary table scratch (id int)                | temporary relations are left: scratch
            declare kept cursor with hold for select 1             | cursors WITH HOLD are left open: kept
            listen news                                            | still listens: news
            select pg_advisory_lock(42)                            | session-level advisory locks are left: 1
            prepare later as select 1                              | statements are left PREPAREd by SQL: later
            """;

    private static final ThreadLocal<String> SQL = new ThreadLocal<>();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = CASES)
    void isFoundOnAPlainConnection(String sql, String expected) {
        assertFound("plain", sql, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = CASES)
    void isFoundOnAConnectionOfAPoolThatIsClosed(String sql, String expected) {
        assertFound("closedPool", sql, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = CASES)
    void isFoundOnAConnectionOfAPoolThatStaysOpen(String sql, String expected) {
        assertFound("openPool", sql, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            leaked                | The connection opened at
            leakedFromOpenPool    | was taken from a connection pool, last used at
            leakedFromClosedPool  | was taken from a connection pool, last used at
            transactionOfBatches  | a transaction is still open
            """)
    void aLeakedConnectionIsFoundWithItsLine(String method, String expected) {
        assertThat(Kit.failures(Planted.class, method))
                .singleElement()
                .asString()
                .contains(expected)
                .contains("LeftoversTest.java");
    }

    @ParameterizedTest
    @CsvSource({"clean", "cleanPool", "cleanDsl"})
    void nothingLeftIsFine(String method) {
        assertThat(Kit.failures(Planted.class, method)).isEmpty();
    }

    @Test
    void theNextTestGetsACleanConnection() {
        SQL.set("select set_config('app.current_tenant_id', '7', false)");
        try {
            assertThat(Kit.failures(InOrder.class)).singleElement().asString().contains("is still set");
        } finally {
            SQL.remove();
        }
    }

    private static void assertFound(String method, String sql, String expected) {
        SQL.set(sql);
        try {
            assertThat(Kit.failures(Planted.class, method))
                    .singleElement()
                    .asString()
                    .contains(expected)
                    .contains("The next user of the connection would find something of this one");
        } finally {
            SQL.remove();
        }
    }

    private static void run(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(SQL.get());
        }
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
    static class Planted {

        @Test
        void plain(DataSource dataSource) throws SQLException {
            run(dataSource);
        }

        @Test
        void closedPool(DataSource dataSource) throws SQLException {
            try (HikariDataSource pool = pool(dataSource)) {
                run(pool);
            }
        }

        @Test
        @SuppressWarnings("resource") // on purpose
        void openPool(DataSource dataSource) throws SQLException {
            run(pool(dataSource));
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
    @org.junit.jupiter.api.TestMethodOrder(org.junit.jupiter.api.MethodOrderer.MethodName.class)
    static class InOrder {

        @Test
        void first(DataSource dataSource) throws SQLException {
            run(dataSource);
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
