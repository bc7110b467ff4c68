package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.UnscopedAccess;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Plain JDBC on a data source that carries the scope. */
@ExtendWith(SharedDatabase.class)
class TenantDataSourceTest {

    private static final List<BoundaryEvent> EVENTS = new ArrayList<>();
    private static TestDatabase database;
    private static Boundary boundary;
    private static DataSource source;

    @BeforeAll
    static void start(TestDatabase shared) throws SQLException {
        database = shared;
        boundary = Boundary.builder(SessionDatabase.schema())
                .admin(database.admin())
                .listener(EVENTS::add)
                .build();
        DataSource pool = database.application();
        // @start region="data-source"
        source = boundary.dataSource(pool);
        // @end
    }

    @BeforeEach
    void reset() throws SQLException {
        SessionDatabase.reset(database);
        EVENTS.clear();
    }

    @Test
    void eachStatementHasTheTenantOfItsExecution() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select count(*) from note where text like ?")) {
            statement.setString(1, "a%");
            assertThat(in(A, () -> number(statement.executeQuery()))).isEqualTo(2);
            assertThat(in(B, () -> number(statement.executeQuery()))).isZero();
            assertThatThrownBy(statement::executeQuery).isInstanceOf(TenantNotSetException.class);
        }
    }

    @Test
    void executeQueryAndUpdateBehaveAsTheDrivers() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                PreparedStatement select = connection.prepareStatement("select 1");
                PreparedStatement update = connection.prepareStatement("update note set text = 'x'")) {
            int updated = in(A, () -> statement.executeUpdate("update note set text = 'x'"));
            assertThat(updated).isEqualTo(2);
            updated = in(A, update::executeUpdate);
            assertThat(updated).isEqualTo(2);
            assertThatThrownBy(() -> in(A, update::executeQuery)).hasMessage("No results were returned by the query.");
            assertThatThrownBy(() -> in(A, select::executeUpdate))
                    .hasMessage("A result was returned when none was expected.");
            int created = in(A, () -> statement.executeUpdate("create temporary table t (x int)"));
            assertThat(created).isZero();
        }
    }

    @Test
    void batchesTakeTheParametersSetBefore() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into note (text) values (?)")) {
            in(A, () -> {
                insert.setString(1, "n1");
                insert.addBatch();
                insert.setString(1, "n2");
                insert.addBatch();
                assertThat(insert.executeBatch()).containsExactly(1, 1);
                insert.setString(1, "n3");
                return insert.executeUpdate();
            });
            in(B, () -> {
                insert.setString(1, "of B");
                insert.addBatch();
                return insert.executeLargeBatch();
            });
            try (Statement statement = connection.createStatement()) {
                assertThat(in(A, () -> number(statement.executeQuery("select count(*) from note"))))
                        .isEqualTo(5);
                in(A, () -> {
                    statement.addBatch("update note set text = 'y'");
                    return true;
                });
                assertThatThrownBy(() -> in(B, () -> {
                            statement.addBatch("update note set text = 'y'");
                            return true;
                        }))
                        .isInstanceOf(StatementRefusedException.class)
                        .hasMessageContaining("tenant 2")
                        .hasMessageContaining("tenant 1");
                statement.clearBatch();
                in(B, () -> {
                    statement.addBatch("update note set text = 'z'");
                    return true;
                });
                // Executed elsewhere, it is still B's.
                assertThat(in(A, statement::executeBatch)).containsExactly(3);
            }
        }
    }

    @Test
    void aBatchTakesStreamsToo() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into note (text) values (?)")) {
            in(A, () -> {
                insert.setCharacterStream(1, new StringReader("n1"));
                insert.addBatch();
                insert.setCharacterStream(1, new StringReader("n2 and more"), 2);
                insert.addBatch();
                return insert.executeBatch();
            });
            try (PreparedStatement again = connection.prepareStatement("insert into note (text) values (?)")) {
                again.setCharacterStream(1, new StringReader("n3 and more"), 2);
                in(A, () -> {
                    again.addBatch();
                    return again.executeBatch();
                });
            }
            assertThat(in(A, () -> texts(connection, "select text from note where text like 'n%' order by id")))
                    .containsExactly("n1", "n2", "n3");
        }
    }

    @Test
    void descriptionsDoNotSplitTheStatement() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select text from note where id > ? order by id")) {
            for (int i = 0; i < 12; i++) {
                assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(1);
                assertThat(statement.getMetaData().getColumnName(1)).isEqualTo("text");
                statement.setLong(1, 0);
                assertThat(in(A, () -> first(statement.executeQuery()))).isEqualTo("a1");
            }
        }
    }

    @Test
    void unscopedIsTheAdminRole() throws SQLException {
        TenantContext.unscoped("count all").<Void, SQLException>call(() -> {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(number(statement.executeQuery("select count(*) from note")))
                        .isEqualTo(4);
                assertThat(in(A, () -> true)).isTrue();
                assertThatThrownBy(() -> in(A, () -> statement.executeQuery("select count(*) from note")))
                        .isInstanceOf(StatementRefusedException.class);
            }
            return null;
        });
        assertThat(EVENTS).anyMatch(UnscopedAccess.class::isInstance);
    }

    @Test
    void oneTransactionWithJooq() throws SQLException {
        // A data source that gives the same connection again, as transaction managers do.
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            var db = Boundary.builder(SessionDatabase.schema())
                    .layers(Layers.RLS_ONLY)
                    .build()
                    .dsl(new DefaultConfiguration()
                            .set(SQLDialect.POSTGRES)
                            .set(new DataSourceConnectionProvider(new SameConnection(source, connection))));
            try (Statement statement = connection.createStatement()) {
                in(A, () -> statement.executeUpdate("update note set text = 'x'"));
                assertThat(TenantContext.where(A)
                                .call(() -> db.select(NOTE_TEXT).from(NOTE).fetch(NOTE_TEXT)))
                        .containsExactly("x", "x");
                assertThatThrownBy(() -> TenantContext.where(B).run(() -> db.fetchCount(NOTE)))
                        .isInstanceOf(StatementRefusedException.class);
            }
            connection.rollback();
        }
    }

    @Test
    void aUserNameIsRefused() {
        assertThatThrownBy(() -> source.getConnection("postgres", "x"))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    @Test
    void withoutRowLevelSecurityThereIsNoDataSource() {
        assertThatThrownBy(() -> Boundary.builder(SessionDatabase.schema())
                        .layers(Layers.QUERY_ONLY)
                        .build()
                        .dataSource(database.application()))
                .isInstanceOf(StatementRefusedException.class);
    }

    private static <T> T in(TenantKey tenant, SqlCall<T> call) throws SQLException {
        return TenantContext.where(tenant).call(call::call);
    }

    private static int number(ResultSet rows) throws SQLException {
        try (rows) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private static String first(ResultSet rows) throws SQLException {
        try (rows) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static final class SameConnection extends org.postgresql.ds.PGSimpleDataSource {
        private static final long serialVersionUID = 1L;
        private final transient DataSource target;
        private final transient Connection connection;

        SameConnection(DataSource target, Connection connection) {
            this.target = target;
            this.connection = connection;
        }

        @Override
        public Connection getConnection() {
            return new org.jooq.tools.jdbc.DefaultConnection(connection) {
                @Override
                public void close() {
                    // the transaction goes on
                }
            };
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return target.isWrapperFor(type);
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return target.unwrap(type);
        }
    }
}
