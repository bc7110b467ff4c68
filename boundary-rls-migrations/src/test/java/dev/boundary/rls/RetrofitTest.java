package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.TenantKeyType;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A populated table gets its tenant column while somebody keeps writing. */
class RetrofitTest {

    private static final Logger LOG = LoggerFactory.getLogger(RetrofitTest.class);
    private static final RoleNames ROLES = RoleNames.DEFAULT;
    private static final int ROWS = 20_000;

    private TestDatabase database;

    @BeforeEach
    void prepare() throws SQLException {
        database = PostgresServer.shared().createDatabase("retrofit", TestRoles.DEFAULT, RetrofitTest::build);
    }

    private static void build(TestDatabase database) throws SQLException {
        TestDatabase.execute(
                database.owner(),
                "create table club (id bigint primary key, tenant_id bigint not null)",
                "insert into club select n, 1 + n % 3 from generate_series(1, 30) n",
                "create table booking (id bigserial primary key, club_id bigint references club, filler text)",
                "insert into booking (club_id, filler) select 1 + n % 30, repeat('x', 100) from generate_series(1, "
                        + ROWS + ") n");
        Scripts.apply(
                database.owner(), InstallBoundary.of(TenantKeyType.BIGINT), new CreateBoundaryRoles(ROLES, "public"));
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    @Test
    void writersAreNotHeldUp() throws Exception {
        TestDatabase.execute(
                database.owner(),
                "insert into booking (club_id, filler) select 1 + n % 30, repeat('x', 100) from generate_series(1, 80000) n");
        RlsChange retrofit = fromParent(100);
        AtomicBoolean running = new AtomicBoolean(true);
        CompletableFuture<Integer> writerProcess = new CompletableFuture<>();
        Duration longestWait;
        Duration whole;
        try (ExecutorService executor = Executors.newCachedThreadPool()) {
            Future<Integer> writer = executor.submit(() -> write(running, writerProcess));
            Future<Duration> observer = executor.submit(() -> longestLockWait(running, writerProcess.get()));
            long began = System.nanoTime();
            try {
                outsideTransaction(retrofit.apply());
            } finally {
                whole = Duration.ofNanos(System.nanoTime() - began);
                running.set(false);
            }
            assertThat(writer.get()).as("writes meanwhile").isPositive();
            longestWait = observer.get();
        }
        LOG.info("retrofit of 100,000 rows: {}, longest wait for a lock {}", whole, longestWait);
        assertThat(longestWait).as("longest wait of a writer for a lock").isLessThan(whole.dividedBy(2));
        assertThat(Catalog.rows(
                        database.owner(),
                        "select count(*) from booking b join club c on c.id = b.club_id where b.tenant_id is distinct from"
                                + " c.tenant_id"))
                .containsExactly("0");

        Scripts.apply(
                database.owner(),
                TableChanges.protectTable(
                        TableName.of("booking"), TableRows.byTenantColumn("tenant_id"), ROLES, TablePrivilege.ALL),
                RetrofitTenantColumn.finish(TableName.of("booking")));
        assertThat(Scripts.as(database.application(), "2", "select distinct tenant_id from booking"))
                .containsExactly("2");
        assertThat(Scripts.as(database.application(), "2", "insert into booking (club_id) values (1)"))
                .containsExactly("1");
    }

    /** Inserts and updates one row after the other, and counts how many. */
    private int write(AtomicBoolean running, CompletableFuture<Integer> process) throws SQLException {
        int writes = 0;
        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement()) {
            process.complete(connection.unwrap(PGConnection.class).getBackendPID());
            while (running.get()) {
                writes++;
                statement.execute("insert into booking (club_id) values (" + (1 + writes % 30) + ")");
                statement.execute("update booking set filler = 'y' where id = " + (1 + writes % ROWS));
            }
        }
        return writes;
    }

    private Duration longestLockWait(AtomicBoolean running, int process) throws SQLException {
        Duration longest = Duration.ZERO;
        try (Connection connection = database.owner().getConnection()) {
            while (running.get()) {
                Duration wait = lockWait(connection, process);
                longest = wait.compareTo(longest) > 0 ? wait : longest;
            }
        }
        return longest;
    }

    /** How long a process of the server has been waiting for a lock; zero if it does not wait for one. */
    private static Duration lockWait(Connection connection, int process) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select coalesce((1000 * extract(epoch from pg_catalog.clock_timestamp() - pg_catalog.min(waitstart)))::int8, 0)
                from pg_catalog.pg_locks where not granted and pid = ?""")) {
            statement.setInt(1, process);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Duration.ofMillis(row.getLong(1));
            }
        }
    }

    @Test
    void aWaitForALockIsSeen() throws Exception {
        try (Connection holder = database.owner().getConnection();
                Connection writer = database.owner().getConnection();
                Connection observer = database.owner().getConnection();
                Statement lock = holder.createStatement();
                Statement write = writer.createStatement();
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            int process = writer.unwrap(PGConnection.class).getBackendPID();
            holder.setAutoCommit(false);
            lock.execute("lock table booking in share mode");
            assertThat(lockWait(observer, process)).isZero();
            Future<Integer> written =
                    executor.submit(() -> write.executeUpdate("insert into booking (club_id) values (1)"));
            while (lockWait(observer, process).isZero() && !written.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(written.isDone()).isFalse();
            holder.rollback();
            assertThat(written.get()).isEqualTo(1);
        }
    }

    @Test
    void goesOnWhereItStopped() throws Exception {
        RlsChange retrofit = fromParent(500);
        List<String> statements = retrofit.apply();
        List<String> before = Catalog.of(database.superuser());
        // After each statement, and in the midst of filling.
        for (int done = 1; done <= statements.size(); done++) {
            outsideTransaction(statements.subList(0, done));
            if (done == 3) {
                TestDatabase.execute(
                        database.owner(), "update boundary.retrofit_progress set pages_done = pages_total / 2");
            }
        }
        // An index whose building was interrupted.
        TestDatabase.execute(
                database.superuser(),
                "update pg_index set indisvalid = false where indexrelid = 'booking_tenant_id_idx'::regclass");
        outsideTransaction(statements);
        assertThat(Catalog.rows(
                        database.owner(),
                        "select pages_done = pages_total, rows_filled from boundary.retrofit_progress"))
                .containsExactly("t | " + ROWS);
        assertThat(Catalog.of(database.superuser()))
                .anyMatch(line -> line.startsWith("column | booking | tenant_id | t |"))
                .anyMatch(line -> line.startsWith("index | public | booking | booking_tenant_id_idx"))
                .noneMatch(line -> line.startsWith("constraint | booking | boundary_retrofit"));

        RlsChange finish = RetrofitTenantColumn.finish(TableName.of("booking"));
        List<String> retrofitted = Catalog.of(database.superuser());
        Scripts.apply(database.owner(), finish);
        Scripts.rollback(database.owner(), finish);
        assertThat(Catalog.of(database.superuser())).isEqualTo(retrofitted);
        Scripts.rollback(database.owner(), retrofit);
        assertThat(Catalog.of(database.superuser())).isEqualTo(before);
    }

    @Test
    void keepsAColumnThatWasThere() throws Exception {
        TestDatabase.execute(database.owner(), "alter table booking add column tenant_id bigint");
        RlsChange retrofit = expression("1 + (club_id - 1) % 3 * 0");
        List<String> before = Catalog.of(database.superuser());
        outsideTransaction(retrofit.apply());
        TestDatabase.execute(database.owner(), "insert into booking (club_id) values (7)");
        assertThat(Catalog.rows(database.owner(), "select distinct tenant_id from booking"))
                .containsExactly("1");
        Scripts.rollback(database.owner(), retrofit);
        assertThat(Catalog.of(database.superuser())).isEqualTo(before);
    }

    @Test
    void saysWhichRowsHaveNoTenant() throws Exception {
        TestDatabase.execute(database.owner(), "insert into booking (club_id) values (null), (null)");
        assertThatThrownBy(() -> outsideTransaction(fromParent(500).apply()))
                .hasMessageContaining(
                        "2 rows of booking have no tenant: (select boundary_parent.tenant_id from public.club");
        TestDatabase.execute(database.owner(), "delete from booking where club_id is null");
        outsideTransaction(fromParent(500).apply());
    }

    @Test
    void waitsItsTurnAndLetsOthersPass() throws Exception {
        // Somebody holds a lock for longer than the change waits at a time; readers must not queue up behind it.
        try (Connection reader = database.owner().getConnection();
                Statement statement = reader.createStatement();
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            reader.setAutoCommit(false);
            statement.execute("select 1 from booking limit 1");
            Future<@Nullable Void> retrofit = executor.submit(() -> {
                outsideTransaction(fromParent(500).apply());
                return null;
            });
            // Gets through again and again, in the pauses: waiting for the same lock would end only with the reader.
            for (int i = 0; i < 3; i++) {
                Scripts.as(database.owner(), null, "insert into booking (club_id) values (1)");
            }
            assertThat(retrofit.isDone()).isFalse();
            reader.commit();
            retrofit.get();
        }
    }

    @Test
    @ResourceLock(Migrations.LIQUIBASE)
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new RetrofitTenantColumn(
                        TableName.of("booking"),
                        "tenant_id",
                        new RetrofitTenantColumn.Parent(List.of(), "tenant_id"),
                        500))
                .hasMessageContaining("needs the columns of the foreign key: foreignKeyColumns");
        assertThatThrownBy(() -> expression("1", 0)).hasMessageContaining("batchPages is 0");
        assertThatThrownBy(() -> Scripts.apply(database.owner(), fromParent(500)))
                .as("in a transaction")
                .hasMessageContaining("invalid transaction termination");
        assertThatThrownBy(() -> outsideTransaction(new RetrofitTenantColumn(
                                TableName.of("booking"),
                                "tenant_id",
                                new RetrofitTenantColumn.Parent(List.of("id"), "tenant_id"),
                                500)
                        .apply()))
                .hasMessageContaining("has no foreign key on (id)");
        assertThatThrownBy(() -> Scripts.apply(database.owner(), RetrofitTenantColumn.finish(TableName.of("club"))))
                .hasMessageContaining("has no trigger of retrofitTenantColumn");
        assertThatThrownBy(() -> Migrations.updateText(
                        database.owner(),
                        "wrong.yaml",
                        "databaseChangeLog: [ { changeSet: { id: wrong, author: test, changes: [ { retrofitTenantColumn: {"
                                + " tableName: booking, expression: club_id } } ] } } ]"))
                .hasStackTraceContaining("runInTransaction=\"false\"");
    }

    @Test
    @ResourceLock(Migrations.LIQUIBASE)
    void runsFromAChangeLog() throws Exception {
        Migrations.updateText(
                database.owner(),
                "retrofit.yaml",
                "databaseChangeLog: [ { changeSet: { id: 1, author: test, runInTransaction: false, changes: [ {"
                        + " retrofitTenantColumn: { tableName: booking, foreignKeyColumns: club_id } } ] } },"
                        + " { changeSet: { id: 2, author: test, changes: [ { protectTenantTable: { tableName: booking } },"
                        + " { finishRetrofit: { tableName: booking } } ] } } ]");
        assertThat(Scripts.as(database.application(), "3", "select distinct tenant_id from booking"))
                .containsExactly("3");
    }

    private static RlsChange fromParent(int batchPages) {
        return new RetrofitTenantColumn(
                TableName.of("booking"),
                "tenant_id",
                new RetrofitTenantColumn.Parent(List.of("club_id"), "tenant_id"),
                batchPages);
    }

    private static RlsChange expression(String expression) {
        return expression(expression, 500);
    }

    private static RlsChange expression(String expression, int batchPages) {
        return new RetrofitTenantColumn(
                TableName.of("booking"), "tenant_id", new RetrofitTenantColumn.Expression(expression), batchPages);
    }

    private void outsideTransaction(List<String> statements) throws SQLException {
        TestDatabase.execute(database.owner(), statements.toArray(String[]::new));
    }
}
