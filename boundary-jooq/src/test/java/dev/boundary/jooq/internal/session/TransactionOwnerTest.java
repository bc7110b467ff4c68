package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.IntSupplier;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.impl.ThreadLocalTransactionProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions of jOOQ and of JDBC belong to one tenant, and unscoped work does not outlast their rollback. */
@ExtendWith(SharedDatabase.class)
@ParameterizedClass
@EnumSource
class TransactionOwnerTest {

    private final Binding binding;
    private final TestDatabase database;
    private HikariDataSource pool;
    private Boundary boundary;
    private DSLContext db;

    TransactionOwnerTest(Binding binding, TestDatabase database) {
        this.binding = binding;
        this.database = database;
    }

    @BeforeEach
    void start() throws SQLException {
        SessionDatabase.reset(database);
        pool = new HikariDataSource();
        pool.setDataSource(database.application());
        pool.setMaximumPoolSize(2);
        boundary = Boundary.builder(SessionDatabase.schema())
                .binding(binding)
                .admin(database.admin())
                .build();
        db = boundary.dsl(pool);
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void unscopedWorkBesideATransactionOfJooqIsRefused() {
        for (DSLContext context : List.of(db, boundary.dsl(configuration(onBoundarysDataSource())))) {
            assertRefused(
                    () -> in(A, () -> context.transactionResult(_ -> unscoped(() -> change(context)))),
                    "inside a transaction of the application role");
            assertRefused(
                    () -> in(A, () -> context.transactionResult(inner -> unscoped(() -> change(inner.dsl())))),
                    onConnectionOf("application role"));
            assertUnchanged();
            assertChanges(4, () -> unscoped(() -> context.transactionResult(inner -> change(inner.dsl()))));
            assertChanges(4, () -> unscoped(() -> change(context)));
            reset();
        }
    }

    @Test
    void unscopedWorkBesideAnOpenCursorIsNot() {
        in(A, () -> {
            try (var cursor = db.selectFrom(NOTE).fetchLazy()) {
                assertChanges(4, () -> unscoped(() -> change(db)));
                return cursor.fetch();
            }
        });
    }

    @Test
    void allContextsOfABoundaryKnowTheTransactionAndThoseOfAnotherDoNot() {
        DSLContext sibling = boundary.dsl(pool);
        assertRefused(
                () -> in(A, () -> sibling.transactionResult(_ -> unscoped(() -> change(db)))),
                "inside a transaction of the application role");
        DSLContext stranger = Boundary.builder(SessionDatabase.schema())
                .binding(binding)
                .build()
                .dsl(pool);
        assertChanges(4, () -> in(A, () -> stranger.transactionResult(_ -> unscoped(() -> change(db)))));
    }

    @Test
    void jooqsThreadLocalTransactionsBelongToOneTenant() {
        DefaultConfiguration configuration = configuration(onBoundarysDataSource());
        configuration.set(new ThreadLocalTransactionProvider(onBoundarysDataSource()));
        DSLContext context = boundary.dsl(configuration);
        assertRefused(
                () -> in(
                        A,
                        () -> context.transactionResult(_ -> {
                            change(context);
                            return in(B, () -> change(context));
                        })),
                inTransactionOf("tenant 1"));
        assertRefused(
                () -> in(A, () -> context.transactionResult(_ -> unscoped(() -> change(context)))),
                onConnectionOf("application role"));
        assertUnchanged();
        assertChanges(4, () -> unscoped(() -> context.transactionResult(_ -> change(context))));
    }

    @Test
    void jooqsThreadLocalTransactionsNeedConnectionsThatCarryTheTenant() {
        DefaultConfiguration configuration = new DefaultConfiguration();
        configuration.set(SQLDialect.POSTGRES);
        configuration.set(new ThreadLocalTransactionProvider(new DataSourceConnectionProvider(pool)));
        assertThatThrownBy(() -> boundary.dsl(configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("boundary.dataSource(");
    }

    @Test
    void aTransactionThatTheServiceManagesBelongsToOneTenant() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            DSLContext context = boundary.dsl(configuration(new DefaultConnectionProvider(connection)));
            connection.setAutoCommit(false);
            if (binding == Binding.CHECKOUT) {
                assertRefused(() -> in(A, () -> change(context)), "begun on it before");
                return;
            }
            in(A, () -> change(context));
            assertRefused(() -> in(B, () -> change(context)), "in a transaction of tenant 1");
            assertRefused(() -> unscoped(() -> change(context)), "inside a transaction of the application role");
            connection.rollback();
            assertChanges(2, () -> in(B, () -> change(context)));
            connection.rollback();
            begin(connection);
            assertChanges(2, () -> in(A, () -> change(context)));
            connection.rollback();
        }
        assertUnchanged();
    }

    /** Such a statement binds an empty tenant, as if the transaction were another. */
    @Test
    void aStatementOutsideAnyScopeDoesNotOpenTheTransactionToOthers() throws SQLException {
        assumeThat(binding).isNotEqualTo(Binding.CHECKOUT); // it serves the scope in which it was taken
        try (Connection connection = pool.getConnection()) {
            DSLContext context = boundary.dsl(configuration(new DefaultConnectionProvider(connection)));
            connection.setAutoCommit(false);
            in(A, () -> change(context));
            context.fetchCount(SessionDatabase.CURRENCY);
            assertRefused(() -> in(B, () -> change(context)), "in a transaction of tenant 1");
            connection.rollback();
            assertChanges(2, () -> in(B, () -> change(context)));
            connection.rollback();
        }
    }

    @Test
    void textThatResetsTheTenantDoesNotOpenTheTransactionToOthers() throws SQLException {
        assumeThat(binding).isNotEqualTo(Binding.CHECKOUT); // it serves the scope in which it was taken
        for (String text : new String[] {
            "reset all", "set local app.current_tenant_id = ''", "select set_config('app.current_tenant_id', '', true)"
        }) {
            try (Connection connection = pool.getConnection()) {
                DSLContext context = boundary.dsl(configuration(new DefaultConnectionProvider(connection)));
                connection.setAutoCommit(false);
                in(A, () -> boundary.rlsOnly(context, "a test").execute(text));
                assertRefused(() -> in(B, () -> change(context)), "in a transaction of tenant 1");
                connection.rollback();
            }
        }
    }

    /** Nothing is bound then, so the server cannot tell whose transaction it is. */
    @Test
    void theQueryLayerAloneKeepsTransactionsApartToo() throws SQLException {
        Boundary alone = Boundary.builder(SessionDatabase.schema())
                .layers(Layers.QUERY_ONLY)
                .build();
        try (Connection connection = database.superuser().getConnection()) {
            DSLContext context = alone.dsl(configuration(new DefaultConnectionProvider(connection)));
            connection.setAutoCommit(false);
            in(A, () -> change(context));
            assertRefused(() -> in(B, () -> change(context)), "in a transaction of tenant 1");
            connection.rollback();
            assertChanges(2, () -> in(B, () -> change(context)));
            connection.rollback();
        }
    }

    @Test
    void aTransactionThatBeganInSqlBelongsToOneTenant() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            DSLContext context = boundary.dsl(configuration(new DefaultConnectionProvider(connection)));
            try (Statement statement = connection.createStatement()) {
                statement.execute("begin");
                assertRefused(() -> unscoped(() -> change(context)), "inside a transaction of the application role");
                statement.execute("rollback");
            }
        }
        assertUnchanged();
    }

    private String inTransactionOf(String owner) {
        return binding == Binding.CHECKOUT ? "taken in " + owner : "in a transaction of " + owner;
    }

    private String onConnectionOf(String role) {
        return binding == Binding.CHECKOUT ? "taken in tenant 1" : "on a connection of the " + role;
    }

    private static void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    private ConnectionProvider onBoundarysDataSource() {
        return new DataSourceConnectionProvider(boundary.dataSource(pool));
    }

    private static DefaultConfiguration configuration(ConnectionProvider connections) {
        DefaultConfiguration configuration = new DefaultConfiguration();
        configuration.set(SQLDialect.POSTGRES);
        configuration.set(connections);
        return configuration;
    }

    private static int change(DSLContext context) {
        return context.update(NOTE).set(NOTE_TEXT, "changed").execute();
    }

    private void assertUnchanged() {
        assertChanges(0, () -> unscoped(() -> db.fetchCount(NOTE, NOTE_TEXT.eq("changed"))));
    }

    private static void assertChanges(int rows, IntSupplier work) {
        assertThat(work.getAsInt()).isEqualTo(rows);
    }

    private void reset() {
        try {
            SessionDatabase.reset(database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String words) {
        assertThatThrownBy(work).isInstanceOf(StatementRefusedException.class).hasMessageContaining(words);
    }

    private static <T> T in(TenantKey tenant, ScopedValue.CallableOp<T, RuntimeException> work) {
        return TenantContext.where(tenant).call(work);
    }

    private static <T> T unscoped(ScopedValue.CallableOp<T, RuntimeException> work) {
        return TenantContext.unscoped("a test").call(work);
    }
}
