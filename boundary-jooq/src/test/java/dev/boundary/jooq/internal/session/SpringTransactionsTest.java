package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TENANT;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.transaction.TransactionDefinition.PROPAGATION_NESTED;
import static org.springframework.transaction.TransactionDefinition.PROPAGATION_REQUIRED;
import static org.springframework.transaction.TransactionDefinition.PROPAGATION_REQUIRES_NEW;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.testing.postgresql.TestDatabase;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring begins and ends the transactions, on the pool beneath Boundary: one transaction has one tenant. */
@ExtendWith(SharedDatabase.class)
@ParameterizedClass
@EnumSource(names = {"PREFIX", "SET_LOCAL"})
class SpringTransactionsTest {

    private final Binding binding;
    private final TestDatabase database;
    private HikariDataSource pool;
    private Boundary boundary;
    private DSLContext db;

    SpringTransactionsTest(Binding binding, TestDatabase database) {
        this.binding = binding;
        this.database = database;
    }

    @BeforeEach
    void start() throws Exception {
        SessionDatabase.reset(database);
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.application());
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(2_000);
        pool = new HikariDataSource(config);
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
    void aContextOnTheSameDataSourceJoinsTheTransaction() {
        in(
                A,
                () -> transaction(pool).execute(status -> {
                    assertThat(change(db)).isEqualTo(2);
                    status.setRollbackOnly();
                    return true;
                }));
        assertThat(texts(A)).containsExactly("a1", "a2");
        in(A, () -> transaction(pool).execute(_ -> change(db)));
        assertThat(texts(A)).containsExactly("changed", "changed");
    }

    @Test
    void aDataSourceOnTheSamePoolJoinsTheTransaction() {
        JdbcTemplate jdbc = new JdbcTemplate(boundary.dataSource(pool));
        in(
                A,
                () -> transaction(pool).execute(status -> {
                    assertThat(jdbc.update("update note set text = 'changed'")).isEqualTo(2);
                    assertThat(db.fetchCount(NOTE, NOTE_TEXT.eq("changed"))).isEqualTo(2);
                    status.setRollbackOnly();
                    return true;
                }));
        assertThat(texts(A)).containsExactly("a1", "a2");
    }

    @Test
    void aContextOnBoundarysDataSourceJoinsTheTransaction() {
        DataSource source = boundary.dataSource(pool);
        DSLContext context = boundary.dsl(configuration(source));
        in(
                A,
                () -> transaction(source).execute(status -> {
                    assertThat(change(context)).isEqualTo(2);
                    assertRefused(() -> in(B, () -> change(context)), "in a transaction of tenant 1");
                    assertRefused(() -> unscoped(() -> change(context)), "unscoped");
                    status.setRollbackOnly();
                    return true;
                }));
        assertThat(texts(A)).containsExactly("a1", "a2");
    }

    @Test
    void aTransactionOnAnotherWrapperOfThePoolIsNotLeftSilently() {
        LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy(pool);
        assertRefused(() -> in(A, () -> transaction(lazy).execute(_ -> change(db))), "Give both the same data source.");
        assertRefused(
                () -> in(A, () -> transaction(boundary.dataSource(pool)).execute(_ -> change(db))),
                "Give both the same data source.");
        assertThat(texts(A)).containsExactly("a1", "a2");
    }

    @Test
    void aTransactionOnAnotherDatabaseChangesNothing() {
        JdbcTemplate jdbc = new JdbcTemplate(boundary.dataSource(pool));
        try (HikariDataSource other = new HikariDataSource()) {
            other.setDataSource(database.owner());
            in(
                    A,
                    () -> transaction(other).execute(status -> {
                        jdbc.queryForList("select * from note");
                        change(db);
                        status.setRollbackOnly();
                        return true;
                    }));
        }
        assertThat(texts(A)).containsExactly("changed", "changed");
    }

    @Test
    void twoTenantsDoNotShareATransaction() {
        for (DSLContext context : List.of(db, transactionAware())) {
            in(
                    A,
                    () -> transaction(pool).execute(status -> {
                        change(context);
                        assertRefused(
                                () -> in(B, () -> change(context)),
                                "a statement of tenant 2 in a transaction of tenant 1");
                        status.setRollbackOnly();
                        return true;
                    }));
            in(B, () -> transaction(pool).execute(_ -> context.fetchCount(NOTE)));
        }
        assertThat(texts(A)).containsExactly("a1", "a2");
        assertThat(texts(B)).containsExactly("b1", "b2");
    }

    @Test
    void tenantsTakeTurnsInTransactionsThatOtherStatementsBegin() {
        JdbcTemplate plain = new JdbcTemplate(pool);
        for (TenantKey tenant : List.of(A, B, A)) {
            in(
                    tenant,
                    () -> transaction(pool).execute(_ -> {
                        plain.execute("select 1");
                        return change(db);
                    }));
        }
        assertThat(texts(B)).containsExactly("changed", "changed");
    }

    @Test
    void aNewTransactionMayBelongToAnotherTenantAndANestedOneMayNot() {
        TransactionTemplate outer = transaction(pool);
        in(
                A,
                () -> outer.execute(_ -> {
                    change(db);
                    in(B, () -> transaction(pool, PROPAGATION_REQUIRES_NEW).execute(_ -> change(db)));
                    assertRefused(
                            () -> in(
                                    B,
                                    () -> transaction(pool, PROPAGATION_NESTED).execute(_ -> change(db))),
                            "in a transaction of tenant 1");
                    return transaction(pool, PROPAGATION_NESTED).execute(status -> {
                        db.deleteFrom(NOTE).execute();
                        status.setRollbackOnly();
                        return true;
                    });
                }));
        assertThat(texts(A)).containsExactly("changed", "changed");
        assertThat(texts(B)).containsExactly("changed", "changed");
    }

    @Test
    void workBeforeTheCommitIsPartOfTheTransaction() {
        assertRefused(
                () -> in(
                        A,
                        () -> transaction(pool).execute(_ -> {
                            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                                @Override
                                public void beforeCommit(boolean readOnly) {
                                    in(B, () -> change(db));
                                }
                            });
                            return change(db);
                        })),
                "in a transaction of tenant 1");
        assertThat(texts(A)).containsExactly("a1", "a2");
    }

    @Test
    void unscopedWorkDoesNotOutlastTheRollback() {
        JdbcTemplate jdbc = new JdbcTemplate(boundary.dataSource(pool));
        transaction(pool).execute(status -> {
            for (DSLContext context : List.of(db, transactionAware())) {
                assertRefused(() -> unscoped(() -> change(context)), "inside a transaction of the application role");
            }
            assertRefused(
                    () -> unscoped(() -> jdbc.update("update note set text = 'changed'")),
                    "inside a transaction of the application role");
            status.setRollbackOnly();
            return true;
        });
        assertThat(texts(A)).containsExactly("a1", "a2");
        assertThat(unscoped(() -> change(db))).isEqualTo(4);
    }

    @Test
    void aTransactionThatBeganUnscopedIsTheAdminsToItsEnd() {
        DataSource source = boundary.dataSource(pool);
        DSLContext context = boundary.dsl(configuration(source));
        unscoped(() -> transaction(source).execute(status -> {
            assertThat(change(context)).isEqualTo(4);
            assertRefused(() -> in(A, () -> change(context)), "on a connection of the admin role");
            status.setRollbackOnly();
            return true;
        }));
        assertThat(texts(B)).containsExactly("b1", "b2");
    }

    @Test
    void anUnscopedTransactionOfItsOwnSuspendsThatOfTheTenant() {
        DataSource source = boundary.dataSource(pool);
        DSLContext context = boundary.dsl(configuration(source));
        in(
                A,
                () -> transaction(source).execute(status -> {
                    context.fetchCount(NOTE);
                    unscoped(() -> transaction(source, PROPAGATION_REQUIRES_NEW).execute(_ -> change(context)));
                    status.setRollbackOnly();
                    return true;
                }));
        assertThat(texts(B)).containsExactly("changed", "changed");
    }

    @Test
    void jooqDoesNotEndTheTransactionOfSpring() {
        for (DSLContext context : List.of(db, boundary.dsl(configuration(new TransactionAwareDataSourceProxy(pool))))) {
            assertThatThrownBy(() -> in(
                            A,
                            () -> transaction(pool).execute(_ -> {
                                change(context);
                                context.transaction(
                                        inner -> inner.dsl().deleteFrom(NOTE).execute());
                                return true;
                            })))
                    .hasRootCauseInstanceOf(StatementRefusedException.class)
                    .rootCause()
                    .hasMessageContaining("in a transaction of Spring");
            assertThat(texts(A)).containsExactly("a1", "a2");
        }
    }

    @Test
    void jooqsTransactionsAreSpringsWithItsTransactionProvider() {
        DSLContext context = transactionAware();
        in(
                A,
                () -> transaction(pool).execute(_ -> {
                    change(context);
                    assertThatThrownBy(() -> context.transaction(inner -> {
                                inner.dsl().deleteFrom(NOTE).execute();
                                in(B, () -> change(inner.dsl()));
                            }))
                            .isInstanceOf(StatementRefusedException.class);
                    return true;
                }));
        assertThat(texts(A)).containsExactly("changed", "changed");
        assertThat(texts(B)).containsExactly("b1", "b2");
    }

    private DSLContext transactionAware() {
        DefaultConfiguration configuration = configuration(new TransactionAwareDataSourceProxy(pool));
        configuration.set(new SpringProvider(new DataSourceTransactionManager(pool)));
        return boundary.dsl(configuration);
    }

    private static DefaultConfiguration configuration(DataSource source) {
        DefaultConfiguration configuration = new DefaultConfiguration();
        configuration.set(SQLDialect.POSTGRES);
        configuration.set(new DataSourceConnectionProvider(source));
        return configuration;
    }

    private static TransactionTemplate transaction(DataSource source) {
        return transaction(source, PROPAGATION_REQUIRED);
    }

    private static TransactionTemplate transaction(DataSource source, int propagation) {
        return new TransactionTemplate(
                new DataSourceTransactionManager(source), new DefaultTransactionDefinition(propagation));
    }

    private static int change(DSLContext context) {
        return context.update(NOTE).set(NOTE_TEXT, "changed").execute();
    }

    private List<String> texts(TenantKey tenant) {
        return DSL.using(database.superuser(), SQLDialect.POSTGRES)
                .select(NOTE_TEXT)
                .from(NOTE)
                .where(NOTE_TENANT.eq((Long) tenant.value()))
                .orderBy(NOTE_ID)
                .fetch(NOTE_TEXT);
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

    /** jOOQ's transactions as nested ones of Spring, as Spring Boot configures them. */
    private record SpringProvider(PlatformTransactionManager manager) implements TransactionProvider {

        @Override
        public void begin(TransactionContext context) {
            TransactionDefinition nested = new DefaultTransactionDefinition(PROPAGATION_NESTED);
            context.transaction(new SpringTransaction(manager.getTransaction(nested)));
        }

        @Override
        public void commit(TransactionContext context) {
            manager.commit(status(context));
        }

        @Override
        public void rollback(TransactionContext context) {
            manager.rollback(status(context));
        }

        private static TransactionStatus status(TransactionContext context) {
            return ((SpringTransaction) Objects.requireNonNull(context.transaction())).status();
        }
    }

    private record SpringTransaction(TransactionStatus status) implements org.jooq.Transaction {}
}
