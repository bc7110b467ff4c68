package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/** The server says what is one transaction, whoever began it and by whatever means; {@code getAutoCommit} does not. */
@ExtendWith(SharedDatabase.class)
class TransactionStateTest {

    private static TestDatabase database;

    @BeforeAll
    static void start(TestDatabase shared) {
        database = shared;
    }

    @BeforeEach
    void reset() throws SQLException {
        SessionDatabase.reset(database);
    }

    private static DataSource source(Binding binding, DataSource application) {
        return Boundary.builder(SessionDatabase.schema())
                .binding(binding)
                .build()
                .dataSource(application);
    }

    @ParameterizedTest
    @EnumSource
    void whatSqlBeganIsOneTransaction(Binding binding) throws SQLException {
        in(A, () -> {
            try (Connection connection = source(binding, database.application()).getConnection()) {
                run(connection, "begin isolation level repeatable read");
                assertThat(texts(connection, "show transaction_isolation")).containsExactly("repeatable read");
                everyWay(connection);
                assertThat(texts(connection, "select text from note order by id"))
                        .isNotEmpty()
                        .containsOnly("in it");
                run(connection, "rollback");
                assertThat(texts(connection, "select text from note order by id"))
                        .containsExactly("a1", "a2");
            }
            return true;
        });
    }

    /** Changes the notes in the ways in which the tenant cannot be sent with the statement, too. */
    private static void everyWay(Connection connection) throws SQLException {
        run(connection, "update note set text = 'in it'");
        try (Statement batch = connection.createStatement()) {
            batch.addBatch("update note set text = 'in it'");
            batch.addBatch("insert into note (text) values ('in it')");
            assertThat(batch.executeBatch()).containsExactly(2, 1);
        }
        try (PreparedStatement keys = connection.prepareStatement(
                "insert into note (text) values ('in it')", Statement.RETURN_GENERATED_KEYS)) {
            assertThat(keys.executeUpdate()).isEqualTo(1);
            assertThat(keys.getGeneratedKeys().next()).isTrue();
        }
        try (var call = connection.prepareCall("update note set text = 'in it'")) {
            call.execute();
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = "CHECKOUT") // it has the tenant that was open when the connection was taken
    void anXaBranchIsOneTransaction(Binding binding) throws Exception {
        XAConnection physical = xa().getXAConnection();
        try {
            XAResource resource = physical.getXAResource();
            Connection handle = physical.getConnection();
            Xid branch = new Branch("one");
            in(A, () -> {
                Connection connection = bound(binding, handle);
                resource(() -> resource.start(branch, XAResource.TMNOFLAGS));
                everyWay(connection);
                connection.close(); // as transaction managers do, before they end the branch
                resource(() -> resource.end(branch, XAResource.TMSUCCESS));
                assertThat(notes(A)).containsExactly("a1", "a2");
                resource(() -> resource.commit(branch, true));
                return true;
            });
            assertThat(notes(A)).hasSize(4).containsOnly("in it");
            assertThat(notes(B)).containsExactly("b1", "b2");
        } finally {
            physical.close();
        }
    }

    private static Connection bound(Binding binding, Connection raw) throws SQLException {
        return source(binding, new OneConnection(raw)).getConnection();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback", "rollback /* it */ work", "abort", "commit", "end", "rollback to savepoint a"})
    void aFailedTransactionEndsBySql(String end) throws SQLException {
        for (Binding binding : Binding.values()) {
            in(A, () -> {
                try (Connection connection =
                        source(binding, database.application()).getConnection()) {
                    connection.setAutoCommit(false);
                    run(connection, "savepoint a");
                    run(connection, "update note set text = 'x'");
                    assertFails(connection, "select 1 / 0", "22012");
                    assertFails(connection, "select 1", "25P02");
                    if (binding == Binding.SET_LOCAL) {
                        try (PreparedStatement statement = connection.prepareStatement(end)) {
                            statement.execute();
                        }
                    } else {
                        run(connection, end);
                    }
                    assertThat(texts(connection, "select text from note order by id"))
                            .containsExactly("a1", "a2");
                }
                return true;
            });
        }
    }

    @Test
    void afterItsEndBySqlTheNextTransactionMayBeAnothers() throws SQLException {
        try (Connection connection =
                source(Binding.PREFIX, database.application()).getConnection()) {
            connection.setAutoCommit(false);
            for (String end : List.of("commit", "rollback", "commit and chain", "rollback and chain")) {
                assertThat(in(A, () -> texts(connection, "select text from note order by id")))
                        .containsExactly("a1", "a2");
                assertThatExceptionOfType(StatementRefusedException.class)
                        .isThrownBy(() -> in(B, () -> texts(connection, "select text from note")));
                run(connection, end); // as commit() does, it needs no scope
                assertThat(in(B, () -> texts(connection, "select text from note order by id")))
                        .containsExactly("b1", "b2");
                connection.rollback();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMustComeFirstInATransactionComesFirst(Binding binding) throws SQLException {
        in(A, () -> {
            try (Connection first = source(binding, database.application()).getConnection();
                    Connection other = source(binding, database.application()).getConnection()) {
                first.setAutoCommit(false);
                run(first, "set transaction isolation level serializable, read only, deferrable");
                assertThat(texts(first, "show transaction_isolation")).containsExactly("serializable");
                assertThat(texts(first, "show transaction_deferrable")).containsExactly("on");
                first.rollback();

                run(first, "/* first */ set local transaction isolation level repeatable read");
                String snapshot = texts(first, "select pg_export_snapshot()").getFirst();
                run(other, "begin transaction isolation level repeatable read");
                run(other, "set transaction snapshot '" + snapshot + "'");
                assertThat(texts(other, "select text from note order by id")).containsExactly("a1", "a2");
                run(other, "rollback");
                first.rollback();

                run(first, "set session characteristics as transaction isolation level serializable");
                first.commit();
                assertThat(texts(first, "show transaction_isolation")).containsExactly("serializable");
            }
            return true;
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CHECKOUT")
    void aTextThatEndsItsTransactionIsRefused(Binding binding) throws SQLException {
        in(A, () -> {
            try (Connection connection = source(binding, database.application()).getConnection()) {
                for (String text : List.of(
                        "begin; update note set text = 'x'; commit",
                        "rollback; select text from note",
                        "set transaction isolation level serializable; select 1")) {
                    assertThatExceptionOfType(StatementRefusedException.class)
                            .isThrownBy(() -> run(connection, text))
                            .withMessageContaining("each on its own");
                }
                try (Statement batch = connection.createStatement()) {
                    assertThatExceptionOfType(StatementRefusedException.class)
                            .isThrownBy(() -> batch.addBatch("commit"));
                }
                run(connection, "begin; savepoint a");
                run(connection, "; -- nothing\n;");
                run(connection, "rollback;");
            }
            return true;
        });
        assertThat(notes(A)).containsExactly("a1", "a2");
    }

    @ParameterizedTest
    @EnumSource
    void whatSqlBeganDoesNotOutliveTheConnection(Binding binding) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.application());
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            DataSource source = source(binding, pool);
            in(A, () -> {
                try (Connection connection = source.getConnection()) {
                    run(connection, "begin");
                    run(connection, "update note set text = 'x'");
                }
                try (Connection connection = source.getConnection()) {
                    run(connection, "begin");
                    assertFails(connection, "select 1 / 0", "22012");
                }
                return true;
            });
            in(B, () -> {
                try (Connection connection = source.getConnection()) {
                    run(connection, "insert into note (text) values ('b3')");
                }
                return true;
            });
            try (Connection connection = pool.getConnection()) {
                assertThat(texts(connection, "select coalesce(current_setting('app.current_tenant_id', true), '')"))
                        .containsExactly("");
            }
        }
        assertThat(notes(A)).containsExactly("a1", "a2");
        assertThat(notes(B)).containsExactly("b1", "b2", "b3");
    }

    private static List<String> notes(TenantKey tenant) throws SQLException {
        try (Connection connection = database.superuser().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select text from note where tenant_id = ? order by id")) {
            statement.setLong(1, Long.parseLong(tenant.asText()));
            return texts(statement.executeQuery());
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertFails(Connection connection, String sql, String sqlState) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> run(connection, sql))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(sqlState));
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return texts(statement.executeQuery(sql));
        }
    }

    private static List<String> texts(ResultSet rows) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            texts.add(rows.getString(1));
        }
        return texts;
    }

    private static <T> T in(TenantKey tenant, SqlCall<T> call) throws SQLException {
        return TenantContext.where(tenant).call(call::call);
    }

    private static PGXADataSource xa() {
        PGSimpleDataSource application = database.application();
        PGXADataSource xa = new PGXADataSource();
        xa.setUrl(application.getUrl());
        xa.setUser(application.getUser());
        xa.setPassword(application.getPassword());
        return xa;
    }

    @FunctionalInterface
    private interface ResourceCall {
        void call() throws Exception;
    }

    private static void resource(ResourceCall call) throws SQLException {
        try {
            call.call();
        } catch (Exception e) {
            throw new SQLException(e);
        }
    }

    private record Branch(String name) implements Xid {
        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }

    /** A data source of one connection; the checks at startup get others. */
    private static final class OneConnection extends PGSimpleDataSource {
        private static final long serialVersionUID = 1L;
        private final transient Connection connection;
        private boolean checked;

        OneConnection(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (checked) {
                return connection;
            }
            checked = true;
            return database.application().getConnection();
        }
    }
}
