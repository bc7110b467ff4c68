package dev.boundary.tenants.isolation;

import static dev.boundary.tenants.isolation.IsolationDatabase.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.TenantContext;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.routing.Placement;
import dev.boundary.core.routing.UnknownPlacementException;
import dev.boundary.registry.WorkSummary.Failure;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.tenants.PooledDatabase;
import dev.boundary.tenants.isolation.IsolatedMigrations.MigrationSummary;
import dev.boundary.tenants.isolation.PlaceMigration.Place;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.ui.LoggerUIService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IsolatedMigrationsTest {

    private static final String TABLES = """
            select schemaname || '.' || tablename from pg_tables
            where schemaname like 'own_%' and tablename not like 'database%' order by 1""";

    private static final Logger LIQUIBASE = Logger.getLogger("liquibase"); // a field, so that it keeps its level

    private List<Tenant> tenants = IsolationDatabase.tenants(4);

    @SuppressWarnings("NullAway.Init")
    private PooledDatabase database;

    @BeforeEach
    void start() throws SQLException {
        database =
                IsolationDatabase.copy("four schemas", empty -> IsolationDatabase.makeSchemas(empty.owner(), tenants));
    }

    @AfterEach
    void stop() throws SQLException {
        database.close();
    }

    private IsolatedMigrations migrations() {
        return IsolatedMigrations.of(placement -> database.owner()).withParallelism(3);
    }

    private static void createTable(Connection connection, Place place) throws SQLException {
        Jdbc.run(connection, "create table colour (name text)");
    }

    @Test
    void eachPlaceIsMigratedOnce() throws Exception {
        DataSource owner = database.owner();
        List<Tenant> all = new ArrayList<>(tenants);
        all.add(IsolationDatabase.tenant(9, "shared"));
        // @start region="migrate"
        MigrationSummary summary = IsolatedMigrations.of(placement -> owner)
                .withParallelism(3)
                .run("2026-11 colours", all, (connection, place) -> createTable(connection, place));
        // @end
        assertThat(summary.migrated()).containsExactlyInAnyOrderElementsOf(tenants);
        assertThat(summary.exitCode()).isZero();
        assertThat(rows(database, TABLES))
                .containsExactly("own_1.colour", "own_2.colour", "own_3.colour", "own_4.colour");

        MigrationSummary again = migrations().run("2026-11 colours", all, (connection, place) -> {
            throw new AssertionError("run again for " + place);
        });
        assertThat(again.upToDate()).containsExactlyInAnyOrderElementsOf(tenants);
        assertThat(again.migrated()).isEmpty();
        assertThat(again).asString().startsWith("0 migrated, 4 up to date, 0 failed, 0 not started, in ");
    }

    @Test
    void aFailureStopsNoOtherTenantAndIsRetriedByTheNextRun() throws Exception {
        MigrationSummary summary = migrations().run("colours", tenants, (connection, place) -> {
            createTable(connection, place);
            if (place.schema().equals("own_2")) {
                throw new IllegalStateException("no more colours");
            }
        });
        assertThat(summary.migrated()).hasSize(3);
        assertThat(summary.failed()).singleElement().extracting(Failure::tenant).isEqualTo(tenants.get(1));
        assertThat(summary.exitCode()).isOne();
        assertThat(summary.toString()).contains("1 failed").contains("t2 (2)").contains("no more colours");
        assertThat(rows(database, TABLES)).containsExactly("own_1.colour", "own_3.colour", "own_4.colour");

        MigrationSummary second = migrations().run("colours", tenants, IsolatedMigrationsTest::createTable);
        assertThat(second.migrated()).containsExactly(tenants.get(1));
        assertThat(second.upToDate()).hasSize(3);
        assertThat(second.isComplete()).isTrue();
        assertThat(rows(
                        database,
                        "select attempts::text from boundary_isolation.migration where schema_name = 'own_2'"))
                .containsExactly("2");
    }

    @Test
    void stopsAtTheFirstFailureOnRequest() throws Exception {
        MigrationSummary summary = IsolatedMigrations.of(placement -> database.owner())
                .withStopAtFailure()
                .run("colours", tenants, (connection, place) -> Jdbc.run(connection, "select 1 / 0"));
        assertThat(summary.failed()).hasSize(1);
        assertThat(summary.notStarted()).hasSize(3);
        assertThat(summary.exitCode()).isOne();
    }

    /** Liquibase keeps its record in each schema; the policies are the same as in the shared tables. */
    @Test
    void liquibaseMigratesEachSchema() throws Exception {
        for (String changeLog : List.of("isolation/changelog.yaml", "isolation/changelog-2.yaml")) {
            MigrationSummary summary = quietly(() -> withLiquibase(changeLog));
            assertThat(summary.failed()).isEmpty();
            assertThat(summary.migrated()).hasSize(4);
            assertNoPlaceKeepsLiquibasesLock();
        }
        assertThat(rows(database, TABLES)).containsExactly("own_1.note", "own_2.note", "own_3.note", "own_4.note");
        assertThat(rows(database, "select count(*)::text from own_3.databasechangelog"))
                .containsExactly("2");
        assertThat(rows(database, "select count(*)::text from pg_policies where schemaname like 'own_%'"))
                .first()
                .isEqualTo(String.valueOf(4 * 3)); // the tenant's policy, the floor, the admin's
        String insert =
                "select set_config('app.current_tenant_id', '3', false); insert into own_3.note (text) values ('a')";
        TestDatabase.execute(database.application(), insert);
        assertThat(rows(database, "select tenant_id::text from own_3.note")).containsExactly("3");
    }

    private static <T> T quietly(Scope.ScopedRunnerWithReturn<T> work) throws Exception {
        LIQUIBASE.setLevel(Level.WARNING); // each of its steps is an INFO
        System.setProperty("liquibase.command.showSummary", "OFF");
        return Scope.child(Map.of(Scope.Attr.ui.name(), new LoggerUIService()), work);
    }

    private void assertNoPlaceKeepsLiquibasesLock() throws SQLException {
        for (Tenant tenant : tenants) {
            assertThat(rows(
                            database,
                            "select lockedby from own_" + tenant.key() + ".databasechangeloglock where locked"))
                    .isEmpty();
        }
    }

    /** Several threads of Liquibase would leave its lock in some places, for which the next run waits in vain. */
    @Test
    @Tag("long")
    void liquibaseRunsOneAtATimeWhateverTheParallelism() throws Exception {
        tenants = IsolationDatabase.tenants(10);
        IsolationDatabase.makeSchemas(database.owner(), tenants);
        for (String changeLog : List.of("isolation/changelog.yaml", "isolation/changelog-2.yaml")) {
            MigrationSummary summary = quietly(() -> migrations()
                    .withParallelism(4)
                    .withRepetition()
                    .run("change log", tenants, (connection, place) -> update(connection, place, changeLog)));
            assertThat(summary.migrated()).hasSize(10);
            assertNoPlaceKeepsLiquibasesLock();
        }
    }

    /** The quick form of it: no two at once. */
    @Test
    void repeatedMigrationsRunOneAtATime() throws Exception {
        CyclicBarrier meeting = new CyclicBarrier(2);
        MigrationSummary summary = migrations()
                .withRepetition()
                .run(
                        "colours",
                        tenants,
                        (connection, place) -> assertThatThrownBy(() -> meeting.await(200, TimeUnit.MILLISECONDS))
                                .as("no other comes, and the barrier is broken for the next")
                                .isInstanceOfAny(TimeoutException.class, BrokenBarrierException.class));
        assertThat(summary.failed()).isEmpty();
        CyclicBarrier together = new CyclicBarrier(2);
        assertThat(
                        migrations() // the control: others run at once
                                .run(
                                        "barrier",
                                        tenants.subList(0, 2),
                                        (connection, place) -> together.await(10, TimeUnit.SECONDS))
                                .failed())
                .isEmpty();
    }

    /** As a process that is killed in a changeset leaves it. */
    @Test
    void whatAKilledRunLeftOfLiquibasesLockIsReleased() throws Exception {
        String lock = "create table if not exists own_1.databasechangeloglock"
                + " (id int primary key, locked boolean, lockgranted timestamp, lockedby text);"
                + " insert into own_1.databasechangeloglock values (1, true, now(), 'killed')"
                + " on conflict (id) do update set locked = true, lockedby = 'killed'";
        String locked = "select coalesce(lockedby, 'nobody') from own_1.databasechangeloglock";
        TestDatabase.execute(database.owner(), lock);
        MigrationSummary first = migrations().withRepetition().run("colours", tenants, (connection, place) -> {});
        assertThat(first.failed()).isEmpty();
        assertThat(rows(database, locked)).containsExactly("killed"); // the control: no run was interrupted
        TestDatabase.execute(
                database.owner(),
                "update boundary_isolation.migration set finished_at = null where schema_name = 'own_1'");
        assertThat(migrations()
                        .withRepetition()
                        .run("colours", tenants, (connection, place) -> {})
                        .failed())
                .isEmpty();
        assertThat(rows(database, locked)).containsExactly("nobody");
    }

    @Test
    @Tag("long")
    void theNextRunCompletesOneOfLiquibaseThatWasKilledInAChangeset() throws Exception {
        KilledMigration.startAndKill(database.database(), "liquibase");
        assertThat(rows(database, "select locked::text from own_2.databasechangeloglock"))
                .containsExactly("true");
        MigrationSummary summary = quietly(() -> withLiquibase("isolation/changelog.yaml"));
        assertThat(summary.failed()).isEmpty();
        assertNoPlaceKeepsLiquibasesLock();
    }

    /** What a change log sets stays on no connection, and does not hinder the record of the migration. */
    @Test
    void whatAMigrationSetsEndsWithIt() throws Exception {
        for (String set : List.of(
                "set statement_timeout = '1ms'",
                "set default_transaction_read_only = on",
                "do 'begin execute format(''set role %I'', current_user); end'",
                "set idle_session_timeout = 1000; set lock_timeout = 1",
                "create temp table leftover (id int)",
                "listen changes")) {
            HikariConfig config = new HikariConfig();
            config.setDataSource(database.database().owner());
            config.setMaximumPoolSize(1);
            config.setConnectionInitSql("set application_name = 'migrations'");
            try (HikariDataSource pool = new HikariDataSource(config)) {
                IsolatedMigrations onPool = IsolatedMigrations.of(placement -> pool);
                MigrationSummary summary = onPool.run(set, tenants, (connection, place) -> {
                    Jdbc.run(connection, "create table if not exists colour (name text)");
                    Jdbc.run(connection, set);
                    connection.commit();
                });
                assertThat(summary.failed()).as(set).isEmpty();
                try (Connection connection = pool.getConnection()) {
                    assertThat(Jdbc.value(connection, """
                                    select concat_ws(' ', current_setting('statement_timeout'),
                                      current_setting('default_transaction_read_only'), current_setting('lock_timeout'),
                                      current_setting('role'), current_setting('application_name'), to_regclass('leftover'),
                                      (select count(*) from pg_listening_channels()))""")).as(set).isEqualTo("0 off 0 none migrations 0");
                }
            }
        }
    }

    private MigrationSummary withLiquibase(String changeLog) throws InterruptedException {
        DataSource owner = database.owner();
        // @start region="liquibase"
        IsolatedMigrations migrations =
                IsolatedMigrations.of(placement -> owner).withRepetition();

        return migrations.run("change log", tenants, (connection, place) -> update(connection, place, changeLog));
        // @end
    }

    // @start region="update"
    static void update(Connection connection, Place place, String changeLog) throws LiquibaseException {
        Database schema =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        schema.setDefaultSchemaName(place.schema());
        schema.setLiquibaseSchemaName(place.schema()); // its DATABASECHANGELOG and its lock
        new CommandScope(UpdateCommandStep.COMMAND_NAME)
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, schema)
                .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, changeLog)
                .execute();
    }
    // @end

    @Test
    void concurrentRunsDoNotCollide() throws Exception {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<MigrationSummary>> runs = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                runs.add(threads.submit(() -> migrations().run("colours", tenants, (connection, place) -> {
                    createTable(connection, place);
                    done.add(place.schema());
                })));
            }
            int migrated = 0;
            for (Future<MigrationSummary> run : runs) {
                assertThat(run.get().exitCode()).isZero();
                migrated += run.get().migrated().size();
            }
            assertThat(migrated).isEqualTo(4);
        }
        assertThat(done).containsExactlyInAnyOrder("own_1", "own_2", "own_3", "own_4");
    }

    @Test
    void aPlaceLockedByAnotherRunFailsAfterTheTimeout() throws Exception {
        try (Connection other = database.owner().getConnection()) {
            Jdbc.run(other, "select pg_advisory_lock(hashtextextended('boundary migration of ' || 'own_1', 0))");
            MigrationSummary summary = migrations()
                    .withLockTimeout(Duration.ofMillis(20))
                    .run("colours", tenants, IsolatedMigrationsTest::createTable);
            assertThat(summary.migrated()).hasSize(3);
            assertThat(summary.failed())
                    .singleElement()
                    .extracting(Failure::error)
                    .isInstanceOf(IsolationException.class)
                    .asString()
                    .contains("Another run has been migrating schema \"own_1\"");
        }
    }

    @Test
    void changesToAConnectionDoNotLeaveTheMigration() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.database().owner());
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            IsolatedMigrations onPool = IsolatedMigrations.of(placement -> pool);
            MigrationSummary summary = onPool.run("rough", tenants, (connection, place) -> {
                connection.setAutoCommit(true);
                createTable(connection, place);
                connection.close();
            });
            assertThat(summary.failed()).isEmpty();
            assertThat(onPool.run("aborted", tenants, (connection, place) -> {
                                try {
                                    Jdbc.run(connection, "select 1 / 0");
                                } catch (SQLException swallowed) {
                                    // and the transaction is aborted
                                }
                            })
                            .failed())
                    .hasSize(4);
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(Jdbc.value(connection, "show search_path")).isEqualTo("\"$user\", public");
                assertThat(Jdbc.value(connection, "select count(*)::text from pg_locks where locktype = 'advisory'"))
                        .isEqualTo("0");
            }
        }
        assertThat(rows(database, TABLES)).hasSize(4);
        assertThat(rows(
                        database,
                        "select name from boundary_isolation.migration where finished_at is null and schema_name ="
                                + " 'own_1'"))
                .containsExactly("aborted");
    }

    @Test
    void doesNotMigrateAPlaceOfAnotherTenant() throws Exception {
        Tenant thief = IsolationDatabase.tenant(8, "schema:own_1");
        Tenant nowhere = IsolationDatabase.tenant(7, "schema:nowhere");
        Tenant elsewhere = IsolationDatabase.tenant(6, "database:elsewhere");
        MigrationSummary summary =
                migrations().run("colours", List.of(thief, nowhere, elsewhere), IsolatedMigrationsTest::createTable);
        assertThat(summary.migrated()).isEmpty();
        assertThat(summary.failed())
                .hasSize(3)
                .extracting(failure -> failure.error().getMessage())
                .anySatisfy(message -> assertThat(message).contains("tenant 1's own, and not tenant 8's"));
        assertThat(summary.toString())
                .contains("which tenant schema \"nowhere\" belongs to")
                .contains("lead to database \"" + database.database().name() + "\"");
        assertThat(rows(database, TABLES)).isEmpty();
        TestDatabase.execute(database.superuser(), "drop schema own_2 cascade");
        assertThat(migrations()
                        .run("colours", tenants, IsolatedMigrationsTest::createTable)
                        .toString())
                .contains("3 migrated")
                .contains("Check whether it was dropped");
    }

    @Test
    void refusesInvalidArgumentsBeforeAnythingIsMigrated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> migrations().run(" ", tenants, IsolatedMigrationsTest::createTable));
        assertThatIllegalArgumentException().isThrownBy(() -> migrations().withParallelism(0));
        assertThatIllegalArgumentException().isThrownBy(() -> migrations().withLockTimeout(Duration.ZERO));
        List<Tenant> one = new ArrayList<>(tenants);
        one.add(IsolationDatabase.tenant(9, "schema:pg_catalog"));
        assertThatExceptionOfType(UnknownPlacementException.class)
                .isThrownBy(() -> migrations().run("colours", one, IsolatedMigrationsTest::createTable));
    }

    @Test
    void migratesSuspendedTenantsButNotDeletedOnes() throws Exception {
        List<Tenant> states = List.of(
                tenants.get(0).in(TenantState.SUSPENDED),
                tenants.get(1).in(TenantState.DELETED),
                tenants.get(2).in(TenantState.DELETING));
        List<Integer> progress = new ArrayList<>();
        List<Object> scopes = Collections.synchronizedList(new ArrayList<>());
        MigrationSummary summary = migrations()
                .withPlacements(Placement::of)
                .withProgress(step -> progress.add(step.done()))
                .run("colours", states, (connection, place) -> scopes.add(TenantContext.require()));
        assertThat(summary.migrated()).containsExactly(states.getFirst());
        assertThat(scopes).containsExactly(tenants.getFirst().scope());
        assertThat(progress).containsExactly(1);
    }

    @Test
    void theNextRunCompletesOneThatWasKilledAfterACommit() throws Exception {
        killAndCompleteARun("commits");
    }

    @Test
    @Tag("long")
    void theNextRunCompletesOneThatWasKilledInItsTransaction() throws Exception {
        killAndCompleteARun("transaction");
    }

    /** Killed in the middle of the second of three. */
    private void killAndCompleteARun(String how) throws Exception {
        KilledMigration.startAndKill(database.database(), how);
        assertThat(rows(
                        database,
                        "select schema_name from boundary_isolation.migration where name = '" + how
                                + "' and finished_at is null"))
                .containsExactly("own_2");
        assertThat(rows(database, TABLES))
                .contains("own_1." + how)
                .doesNotContain("own_2." + how, "own_3." + how)
                .satisfies(tables ->
                        assertThat(tables.contains("own_2." + how + "_1")).isEqualTo(how.equals("commits")));
        MigrationSummary summary = KilledMigration.migrations(database.owner())
                .run(
                        how,
                        KilledMigration.TENANTS,
                        (connection, place) -> KilledMigration.steps(connection, how, () -> {}));
        assertThat(summary.upToDate()).containsExactly(KilledMigration.TENANTS.get(0));
        assertThat(summary.migrated()).containsExactlyElementsOf(KilledMigration.TENANTS.subList(1, 3));
        assertThat(rows(database, TABLES)).contains("own_2." + how, "own_3." + how, "own_2." + how + "_1");
    }
}
