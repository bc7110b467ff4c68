package dev.boundary.tenants.lifecycle;

import static dev.boundary.tenants.lifecycle.Registered.CHANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.registry.TenantStateException;
import dev.boundary.registry.internal.TenantWriter;
import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.World;
import dev.boundary.tenants.archive.TenantArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeprovisioningTest {

    private static final Tenant ACME = Registered.tenant(World.A, "acme");

    /** What World.fill writes for a tenant. */
    private static final long ROWS = 36;

    private static Registered here;
    private static Map<String, String> others = Map.of();

    @TempDir
    private Path archives;

    private final List<Step> steps = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();

    private final TenantHook recorder = new TenantHook() {
        @Override
        public void before(Step step, Tenant tenant, Connection transaction) {
            calls.add("before " + step);
        }

        @Override
        public void after(Step step, Tenant tenant, Connection transaction) {
            calls.add("after " + step);
        }
    };

    @BeforeAll
    static void create() throws SQLException {
        here = Registered.create();
        here.world.fill(World.B);
        others = here.world.digestWithout(World.A);
    }

    @BeforeEach
    void fill() throws SQLException {
        here.world.fill(World.A);
        here.registry.create(ACME, CHANGE);
        here.registry.addDomain(ACME.key(), "acme.org", CHANGE);
        lifecycle().delete(ACME.key(), CHANGE);
        steps.clear();
        calls.clear();
    }

    @AfterEach
    void empty() throws SQLException {
        assertThat(here.world.digestWithout(World.A))
                .as("the other tenant's rows")
                .isEqualTo(others);
        here.world.clear(World.A);
        here.emptyRegistry();
    }

    @AfterAll
    static void drop() throws SQLException {
        assertThat(here.world.digestWithout(World.A))
                .as("the other tenant's rows")
                .isEqualTo(others);
        here.close();
    }

    private TenantLifecycle lifecycle() {
        return here.lifecycle()
                .hook(recorder)
                .listener(event -> steps.add(((TenantLifecycleEvent) event).step()))
                .build();
    }

    private Deprovisioning deprovision() {
        return lifecycle().deprovision(ACME.key()).withConfirmation("acme").withExport(archives);
    }

    private TenantState state() {
        return here.registry.find(ACME.key()).orElseThrow().state();
    }

    private long rows() throws SQLException {
        return here.world.erasure().dryRun(World.A).total();
    }

    private Deprovisioned gone(Deprovisioned outcome) throws Exception {
        assertThat(state()).isEqualTo(TenantState.DELETED);
        assertThat(rows()).isZero();
        TenantArchive archive = TenantArchive.open(outcome.archive().orElseThrow());
        archive.verify();
        assertThat(archive.manifest().rows().total()).isEqualTo(ROWS);
        assertThat(here.registry.domains(ACME.key())).isEmpty();
        return outcome;
    }

    @Test
    void movesTheRowsFromTheDatabaseToTheArchive() throws Exception {
        TenantLifecycle lifecycle = lifecycle();
        String typedByTheOperator = "acme";
        // @start region="deprovision"
        Deprovisioned outcome = lifecycle
                .deprovision(ACME.key())
                .withConfirmation(typedByTheOperator) // the slug
                .withExport(archives) // or withoutExport()
                .withBatchSize(2) // 5,000 rows if it is left out
                .run(CHANGE);
        // @end
        gone(outcome);
        assertThat(outcome.erased().total()).isPositive();
        assertThat(outcome.writtenAfterExport().total()).isZero();
        assertThat(outcome.alreadyDone()).isFalse();
        assertThat(outcome.archive().orElseThrow()).hasParentRaw(archives.toAbsolutePath());
        assertThat(steps).containsExactly(Step.DEPROVISIONING, Step.EXPORTED, Step.DEPROVISIONED);
        assertThat(calls)
                .containsExactly(
                        "before DEPROVISIONING", "after DEPROVISIONING", "before DEPROVISIONED", "after DEPROVISIONED");
        assertThat(here.audit(ACME))
                .containsExactly(
                        "CREATED by ann",
                        "DOMAIN_ADDED by ann",
                        "STATE_CHANGED by ann",
                        "STATE_CHANGED by ann",
                        "ERASURE_BEGUN by ann",
                        "ERASURE_ENDED by ann",
                        "DOMAIN_REMOVED by ann",
                        "STATE_CHANGED by ann");
        steps.clear();
        calls.clear();
        Deprovisioned again = deprovision().run(CHANGE);
        assertThat(again.alreadyDone()).isTrue();
        assertThat(again.archive()).isEqualTo(outcome.archive());
        assertThat(deprovision().plan().alreadyDone()).isTrue();
        assertThat(steps).isEmpty();
        assertThat(calls).isEmpty();
        assertThatExceptionOfType(TenantStateException.class)
                .isThrownBy(() -> lifecycle().restore(ACME.key(), CHANGE))
                .withMessageContaining(
                        "Import its archive, " + outcome.archive().orElseThrow());
    }

    @Test
    void aPlanChangesNothing() throws Exception {
        Deprovisioning.Plan plan = lifecycle()
                .dryRun()
                .deprovision(ACME.key())
                .withExport(archives)
                .plan();
        assertThat(plan.rows().total()).isEqualTo(ROWS);
        assertThat(plan.tenant().state()).isEqualTo(TenantState.DELETED);
        assertThat(plan.archive()).contains(archives.toAbsolutePath());
        assertThat(plan.resumes()).isFalse();
        assertThat(state()).isEqualTo(TenantState.DELETED);
        assertThat(rows()).isEqualTo(ROWS);
        assertThat(calls).isEmpty();
        assertThat(archives).isEmptyDirectory();
        assertThatIllegalStateException()
                .isThrownBy(() -> lifecycle()
                        .dryRun()
                        .deprovision(ACME.key())
                        .withConfirmation("acme")
                        .withExport(archives)
                        .run(CHANGE))
                .withMessageContaining("plan()");
    }

    @Test
    void requiresAConfirmationAndADecisionAboutTheExport() throws Exception {
        for (String slug : List.of("", "ACME", "acme ", "beta", ACME.key().asText())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> deprovision().withConfirmation(slug).run(CHANGE))
                    .withMessageContaining("Confirm it by its slug (withConfirmation); given was \"" + slug + "\"");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        lifecycle().deprovision(ACME.key()).withExport(archives).run(CHANGE))
                .withMessageContaining("given was nothing");
        assertThatIllegalStateException()
                .isThrownBy(() -> lifecycle()
                        .deprovision(ACME.key())
                        .withConfirmation("acme")
                        .run(CHANGE))
                .withMessageContaining("withoutExport");
        assertThatIllegalArgumentException().isThrownBy(() -> deprovision().withBatchSize(0));
        assertThatIllegalStateException()
                .isThrownBy(() -> TenantLifecycle.builder(here.admin()).build().deprovision(ACME.key()))
                .withMessageContaining("rows(application, admin)");
        assertThat(state()).isEqualTo(TenantState.DELETED);
        assertThat(rows()).isEqualTo(ROWS);
    }

    @Test
    void refusesAnActiveTenant() throws Exception {
        lifecycle().restore(ACME.key(), CHANGE);
        assertThatExceptionOfType(TenantStateException.class)
                .isThrownBy(() -> deprovision().run(CHANGE))
                .withMessageContaining("is ACTIVE: deprovision takes a tenant that is SUSPENDED or DELETING or DELETED")
                .withMessageContaining("Suspend or delete it first");
        assertThatExceptionOfType(TenantStateException.class)
                .isThrownBy(() -> deprovision().plan());
        assertThatExceptionOfType(TenantRegistryException.class)
                .isThrownBy(() -> lifecycle()
                        .deprovision(World.C.tenant())
                        .withConfirmation("c")
                        .withoutExport()
                        .run(CHANGE))
                .withMessageContaining("There is no tenant");
        assertThat(rows()).isEqualTo(ROWS);
    }

    @Test
    void withoutExportTheRowsAreLost() throws Exception {
        Deprovisioned outcome = deprovision().withoutExport().run(CHANGE);
        assertThat(outcome.archive()).isEmpty();
        assertThat(state()).isEqualTo(TenantState.DELETED);
        assertThat(rows()).isZero();
        assertThat(steps).containsExactly(Step.DEPROVISIONING, Step.DEPROVISIONED);
        assertThatExceptionOfType(TenantStateException.class)
                .isThrownBy(() -> lifecycle().restore(ACME.key(), CHANGE))
                .withMessageContaining("They were not exported");
    }

    @Test
    void canBeRestoredBeforeTheFirstRowIsErased() throws Exception {
        Deprovisioning failing = deprovision().withProgress(progress -> {
            if (progress.step().equals("verify")) {
                throw new IllegalStateException("stop");
            }
        });
        assertThatIllegalStateException().isThrownBy(() -> failing.run(CHANGE)).withMessage("stop");
        assertThat(state()).isEqualTo(TenantState.DELETING);
        assertThat(rows()).isEqualTo(ROWS);
        assertThat(lifecycle().restore(ACME.key(), CHANGE).state()).isEqualTo(TenantState.ACTIVE);
    }

    /** At REPEATABLE READ, the restoring transaction would not see that the erasure has begun. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesARestorationThatBeganBeforeTheErasureAtAnyIsolationLevel(boolean autoCommit) throws Exception {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> deprovision().withProgress(stopAt("verify", 1)).run(CHANGE));
        TenantHook erasing = new TenantHook() {
            @Override
            public void before(Step step, Tenant tenant, Connection transaction) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> deprovision()
                                .withBatchSize(1)
                                .withProgress(stopAt("erase", 3))
                                .run(CHANGE));
            }
        };
        try (HikariDataSource pool = repeatableRead(autoCommit)) {
            TenantLifecycle restoring =
                    TenantLifecycle.builder(pool).hook(erasing).build();
            assertThatExceptionOfType(TenantRegistryException.class)
                    .isThrownBy(() -> restoring.restore(ACME.key(), CHANGE))
                    .withMessageContaining("its rows are being erased");
        }
        assertThat(state()).isEqualTo(TenantState.DELETING);
        gone(deprovision().run(CHANGE));
    }

    /** The trigger stops those who write to the registry without the lifecycle. */
    @Test
    void refusesAWriterThatDoesNotSeeTheErasure() throws Exception {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> deprovision().withProgress(stopAt("verify", 1)).run(CHANGE));
        try (HikariDataSource pool = repeatableRead(false);
                Connection transaction = pool.getConnection()) {
            TenantWriter writer = TenantWriter.on(transaction);
            assertThat(writer.find(ACME.key())).isPresent(); // from here on it sees this state
            assertThatIllegalStateException()
                    .isThrownBy(() -> deprovision()
                            .withBatchSize(1)
                            .withProgress(stopAt("erase", 3))
                            .run(CHANGE));
            assertThatExceptionOfType(TenantRegistryException.class)
                    .isThrownBy(() -> writer.changeState(
                            ACME.key(), EnumSet.of(TenantState.DELETING), TenantState.ACTIVE, CHANGE))
                    .withMessageContaining("isolation level repeatable read");
            transaction.rollback();
        }
        assertThat(state()).isEqualTo(TenantState.DELETING);
        gone(deprovision().run(CHANGE));
    }

    private static HikariDataSource repeatableRead(boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(here.world.database().admin());
        config.setMaximumPoolSize(1);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    @Test
    void rowsChangedDuringTheExportStopIt() throws Exception {
        write("insert into log (tenant_id, message) values ('" + ACME.key() + "', 'before')");
        Deprovisioning racing = deprovision().withProgress(progress -> {
            if (progress.step().equals("verify")) {
                write("update log set message = 'after' where message = 'before'");
            }
        });
        assertThatExceptionOfType(TenantDataException.class)
                .isThrownBy(() -> racing.run(CHANGE))
                .withMessageContaining("[public.log] were changed after they were exported")
                .withMessageContaining("Nothing was erased");
        assertThat(rows()).isEqualTo(ROWS + 1);
        Path archive = deprovision().run(CHANGE).archive().orElseThrow();
        assertThat(archive.resolve("0007-log.ndjson")).content().contains("after");
        assertThat(archives).isDirectoryNotContaining("glob:**again*");
    }

    @Test
    void reportsRowsWrittenBetweenTwoRuns() throws Exception {
        assertThatIllegalStateException()
                .isThrownBy(() -> deprovision()
                        .withBatchSize(1)
                        .withProgress(stopAt("erase", 1))
                        .run(CHANGE));
        write("insert into log (tenant_id, message) select '" + ACME.key() + "', 'late' from generate_series(1, 50)");
        assertThat(deprovision().run(CHANGE).writtenAfterExport().total()).isPositive();
    }

    @Test
    void rowsAddedDuringTheExportStopIt() throws Exception {
        Deprovisioning racing = deprovision().withProgress(progress -> {
            if (progress.step().equals("verify")) {
                write("insert into log (tenant_id, message) values ('" + ACME.key() + "', 'late')");
            }
        });
        assertThatExceptionOfType(TenantDataException.class)
                .isThrownBy(() -> racing.run(CHANGE))
                .withMessageContaining("someone still works in it. Nothing was erased");
        assertThat(state()).isEqualTo(TenantState.DELETING);
        write("delete from log where message = 'late'");
        gone(deprovision().run(CHANGE));
    }

    private static void write(String sql) {
        try {
            here.world.run(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void reportsErasedRowsThatAreNotInTheArchive() throws Exception {
        AtomicBoolean written = new AtomicBoolean();
        Deprovisioned outcome = deprovision()
                .withBatchSize(1)
                .withProgress(progress -> {
                    if (progress.step().equals("erase") && written.compareAndSet(false, true)) {
                        write("insert into log (tenant_id, message) values ('" + ACME.key() + "', 'late'), ('"
                                + ACME.key() + "', 'later')");
                    }
                })
                .run(CHANGE);
        gone(outcome);
        assertThat(outcome.writtenAfterExport().byTable()).containsExactly(Map.entry("public.log", 2L));
    }

    @Test
    void findsARemainingRowBeforeItFinishes() throws Exception {
        AtomicReference<String> erased = new AtomicReference<>("");
        Deprovisioning racing = deprovision().withProgress(progress -> {
            String before = erased.getAndSet(progress.step().equals("erase") ? progress.table() : "");
            if (before.equals("public.log") && !progress.table().equals("public.log")) {
                write("insert into log (tenant_id, message) values ('" + ACME.key() + "', 'late')");
            }
        });
        assertThatExceptionOfType(TenantDataException.class)
                .isThrownBy(() -> racing.run(CHANGE))
                .withMessageContaining("still has rows")
                .withMessageContaining("Table public.log has 1 rows");
        assertThat(state()).isEqualTo(TenantState.DELETING);
        gone(deprovision().run(CHANGE));
    }

    @Test
    void anInterruptedRunContinuesWithoutASecondArchive() throws Exception {
        Deprovisioning failing = deprovision().withBatchSize(1).withProgress(stopAt("erase", 3));
        assertThatIllegalStateException().isThrownBy(() -> failing.run(CHANGE));
        long left = rows();
        assertThat(left).isBetween(1L, ROWS - 1);
        assertThat(state()).isEqualTo(TenantState.DELETING);
        assertThatExceptionOfType(TenantStateException.class)
                .isThrownBy(() -> lifecycle().restore(ACME.key(), CHANGE))
                .withMessageContaining("Its rows are being erased");
        Deprovisioning.Plan plan = deprovision().plan();
        assertThat(plan.resumes()).isTrue();
        assertThat(plan.rows().total()).isEqualTo(left);
        assertThat(plan.archive().orElseThrow()).hasParentRaw(archives.toAbsolutePath());

        calls.clear();
        steps.clear();
        gone(deprovision().run(CHANGE));
        assertThat(steps).containsExactly(Step.DEPROVISIONED);
        assertThat(calls).containsExactly("before DEPROVISIONED", "after DEPROVISIONED");
        try (var folders = Files.list(archives)) {
            assertThat(folders).hasSize(1);
        }
    }

    private static RowProgress.Listener stopAt(String step, int calls) {
        int[] left = {calls};
        return progress -> {
            if (progress.step().equals(step) && --left[0] == 0) {
                throw new IllegalStateException("stop");
            }
        };
    }

    @Test
    void doesNotContinueWithoutItsArchive() throws Exception {
        assertThatIllegalStateException()
                .isThrownBy(() -> deprovision()
                        .withBatchSize(1)
                        .withProgress(stopAt("erase", 3))
                        .run(CHANGE));
        long left = rows();
        Path archive = deprovision().plan().archive().orElseThrow();
        Path manifest = archive.resolve("manifest.json");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text + " ");
        assertThatExceptionOfType(TenantDataException.class)
                .isThrownBy(() -> deprovision().run(CHANGE))
                .withMessageContaining("is missing or was changed");
        Files.delete(manifest);
        assertThatExceptionOfType(TenantDataException.class)
                .isThrownBy(() -> deprovision().run(CHANGE))
                .withMessageContaining("Restore the archive");
        assertThat(rows()).isEqualTo(left);
        Files.writeString(manifest, text);
        gone(deprovision().run(CHANGE));
    }

    @Test
    void doesNotExportOnceTheErasureHasBegunWithoutExport() throws Exception {
        assertThatIllegalStateException()
                .isThrownBy(() -> deprovision()
                        .withoutExport()
                        .withBatchSize(1)
                        .withProgress(stopAt("erase", 3))
                        .run(CHANGE));
        assertThatExceptionOfType(TenantDataException.class)
                .isThrownBy(() -> deprovision().run(CHANGE))
                .withMessageContaining("without having been exported");
        deprovision().withoutExport().run(CHANGE);
        assertThat(state()).isEqualTo(TenantState.DELETED);
    }

    @Test
    void canBeFinishedAfterAFailureOfTheLastHook() throws Exception {
        TenantLifecycle failing = here.lifecycle()
                .hook(new TenantHook() {
                    @Override
                    public void after(Step step, Tenant tenant, Connection transaction) throws Exception {
                        if (step == Step.DEPROVISIONED) {
                            throw new IOException("files are still there");
                        }
                    }
                })
                .build();
        assertThatExceptionOfType(TenantHookException.class)
                .isThrownBy(() -> failing.deprovision(ACME.key())
                        .withConfirmation("acme")
                        .withExport(archives)
                        .run(CHANGE))
                .withMessageContaining("files are still there");
        assertThat(state()).isEqualTo(TenantState.DELETING);
        gone(deprovision().run(CHANGE));
    }

    @Test
    void refusesAConcurrentRun() throws Exception {
        AtomicReference<Throwable> second = new AtomicReference<>();
        Deprovisioned outcome = deprovision()
                .withProgress(progress -> {
                    if (second.get() == null) {
                        try {
                            deprovision().run(CHANGE);
                        } catch (Exception e) {
                            second.set(e);
                        }
                    }
                })
                .run(CHANGE);
        gone(outcome);
        assertThat(second.get())
                .isInstanceOf(TenantRegistryException.class)
                .hasMessageContaining("is being deprovisioned by another run");
    }

    /** Otherwise a role that sees nothing would export nothing, and the rows would be lost. */
    @Test
    void refusesARoleThatSeesNothing() throws Exception {
        TenantLifecycle wrong = TenantLifecycle.builder(here.admin())
                .rows(here.admin(), here.admin())
                .build();
        assertThatExceptionOfType(TenantDataException.class)
                .isThrownBy(() -> wrong.deprovision(ACME.key())
                        .withConfirmation("acme")
                        .withExport(archives)
                        .run(CHANGE))
                .withMessageContaining("Connect as the application role");
        here.world.run(
                "create policy hidden on log as restrictive for select to boundary_app using (message <> 'hidden')",
                "insert into log (tenant_id, message) values ('" + ACME.key() + "', 'hidden')");
        try {
            assertThatExceptionOfType(TenantDataException.class)
                    .isThrownBy(() -> deprovision().run(CHANGE))
                    .withMessageContaining("would be incomplete");
        } finally {
            here.world.run("drop policy hidden on log", "delete from log where message = 'hidden'");
        }
        assertThat(rows()).isEqualTo(ROWS);
    }
}
