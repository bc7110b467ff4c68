package dev.boundary.tenants.lifecycle;

import static dev.boundary.tenants.lifecycle.Registered.CHANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent.Step;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantConflictException;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.registry.TenantStateException;
import dev.boundary.tenants.World;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TenantLifecycleTest {

    private static final Tenant ACME = Registered.tenant(World.A, "acme");
    private static final String SEED = "insert into customer (name) values ('First')";

    private static Registered here;

    private final List<BoundaryEvent> events = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();

    @BeforeAll
    static void create() throws SQLException {
        here = Registered.create();
    }

    @AfterEach
    void empty() throws SQLException {
        here.emptyRegistry();
        here.world.run("delete from customer");
    }

    @AfterAll
    static void drop() throws SQLException {
        here.close();
    }

    private TenantLifecycle lifecycle(TenantHook... hooks) {
        TenantLifecycle.Builder builder = here.lifecycle().listener(events::add);
        for (TenantHook hook : hooks) {
            builder.hook(hook);
        }
        return builder.build();
    }

    private List<Step> steps() {
        return events.stream()
                .map(event -> ((TenantLifecycleEvent) event).step())
                .toList();
    }

    private final class Recorder implements TenantHook {

        @Override
        public void before(Step step, Tenant tenant, Connection transaction) {
            calls.add("before " + step + " " + tenant.state());
        }

        @Override
        public void after(Step step, Tenant tenant, Connection transaction) {
            calls.add("after " + step + " " + tenant.state());
        }
    }

    @Test
    void followsATenantFromProvisioningToRestoration() {
        DataSource admin = here.admin();
        DataSource application = here.application();
        TenantHook billing = new Recorder();
        BoundaryListener listener = events::add;
        UUID id = (UUID) ACME.key().value();
        // @start region="lifecycle"
        TenantLifecycle lifecycle = TenantLifecycle.builder(admin)
                .rows(application, admin)
                .hook(billing)
                .listener(listener)
                .build();
        Change change = new Change("ann@example.com", "contract 4711");
        Tenant acme = new Tenant(TenantKey.of(id), new Slug("acme"), "The acme");
        lifecycle.provision(acme, change);
        lifecycle.suspend(acme.key(), new Change("billing", "invoice 12 is overdue"));
        lifecycle.resume(acme.key(), change);
        lifecycle.delete(acme.key(), change);
        lifecycle.restore(acme.key(), change);
        // @end
        assertThat(here.registry.find(acme.key())).contains(ACME);
        assertThat(steps())
                .containsExactly(Step.PROVISIONED, Step.SUSPENDED, Step.RESUMED, Step.DELETED, Step.RESTORED);
        assertThat(calls)
                .containsExactly(
                        "before PROVISIONED ACTIVE",
                        "after PROVISIONED ACTIVE",
                        "before SUSPENDED ACTIVE",
                        "after SUSPENDED SUSPENDED",
                        "before RESUMED SUSPENDED",
                        "after RESUMED ACTIVE",
                        "before DELETED ACTIVE",
                        "after DELETED DELETED",
                        "before RESTORED DELETED",
                        "after RESTORED ACTIVE");
        assertThat(here.audit(acme))
                .containsExactly(
                        "CREATED by ann@example.com",
                        "STATE_CHANGED by billing",
                        "STATE_CHANGED by ann@example.com",
                        "STATE_CHANGED by ann@example.com",
                        "STATE_CHANGED by ann@example.com");
    }

    @Test
    void provisioningIsIdempotent() {
        TenantLifecycle lifecycle = lifecycle(new Recorder());
        assertThat(lifecycle.provision(ACME, CHANGE)).isEqualTo(new Provisioned(ACME, true));
        Tenant again = new Tenant(
                ACME.key(), ACME.slug(), ACME.name(), Optional.empty(), TenantState.ACTIVE, Map.of("other", "x"));
        assertThat(lifecycle.provision(again, CHANGE)).isEqualTo(new Provisioned(ACME, false));
        assertThat(calls).hasSize(2);
        assertThat(steps()).containsExactly(Step.PROVISIONED);
        assertThat(here.audit(ACME)).hasSize(1);
    }

    @Test
    void refusesATakenKeyOrSlug() {
        TenantLifecycle lifecycle = lifecycle();
        lifecycle.provision(ACME, CHANGE);
        assertThatExceptionOfType(TenantConflictException.class)
                .isThrownBy(() -> lifecycle.provision(Registered.tenant(World.B, "acme"), CHANGE))
                .withMessageContaining("the slug acme already");
        assertThatExceptionOfType(TenantConflictException.class)
                .isThrownBy(() -> lifecycle.provision(Registered.tenant(World.A, "other"), CHANGE))
                .withMessageContaining("exists already: acme, \"The acme\", ACTIVE");
        lifecycle.delete(ACME.key(), CHANGE);
        assertThatExceptionOfType(TenantConflictException.class)
                .isThrownBy(() -> lifecycle.provision(ACME, CHANGE))
                .withMessageContaining("DELETED. Restore it if its rows are still there");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lifecycle.provision(ACME.in(TenantState.SUSPENDED), CHANGE));
    }

    @Test
    void concurrentCallsProvisionATenantOnceAndKeepTheHooksOfOne() throws Exception {
        TenantLifecycle lifecycle = here.lifecycle()
                .hook(new TenantHook() {
                    @Override
                    public void before(Step step, Tenant tenant, Connection transaction) throws SQLException {
                        transaction.createStatement().execute(SEED);
                    }
                })
                .build();
        List<Callable<Provisioned>> operators = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            operators.add(() -> lifecycle.provision(ACME, CHANGE));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Provisioned>> outcomes = threads.invokeAll(operators);
            assertThat(outcomes)
                    .extracting(Future::resultNow)
                    .extracting(Provisioned::created)
                    .containsOnlyOnce(true);
        }
        assertThat(here.world.ask("select count(*) from customer")).isEqualTo("1");
    }

    @Test
    void aHookWritesInTheSameTransactionForTheTenant() throws SQLException {
        lifecycle(new TenantHook() {
                    @Override
                    public void after(Step step, Tenant tenant, Connection transaction) throws SQLException {
                        assertThat(TenantContext.current()).contains(tenant.scope());
                        transaction.createStatement().execute(SEED);
                        transaction.prepareStatement("select 1").executeQuery();
                    }
                })
                .provision(ACME, CHANGE);
        assertThat(here.world.ask("select tenant_id from customer"))
                .isEqualTo(ACME.key().asText());
        assertThat(TenantContext.current()).isEmpty();
    }

    @Test
    void aFailingHookRollsEverythingBack() throws SQLException {
        TenantLifecycle failing = lifecycle(
                new TenantHook() {
                    @Override
                    public void before(Step step, Tenant tenant, Connection transaction) throws SQLException {
                        if (step == Step.PROVISIONED) {
                            transaction.createStatement().execute(SEED);
                        }
                    }
                },
                new TenantHook() {
                    @Override
                    public void after(Step step, Tenant tenant, Connection transaction) throws Exception {
                        throw new IOException("no answer from billing");
                    }

                    @Override
                    public String toString() {
                        return "billing";
                    }
                });
        assertThatExceptionOfType(TenantHookException.class)
                .isThrownBy(() -> failing.provision(ACME, CHANGE))
                .withMessageContaining("The hook billing failed for tenant acme")
                .withMessageContaining("no answer from billing")
                .satisfies(e -> assertThat(e.step()).isEqualTo(Step.PROVISIONED));
        assertThat(here.registry.list()).isEmpty();
        assertThat(here.world.ask("select count(*) from customer")).isEqualTo("0");
        assertThat(here.audit(ACME)).isEmpty();
        lifecycle().provision(ACME, CHANGE);
        assertThatExceptionOfType(TenantHookException.class).isThrownBy(() -> failing.suspend(ACME.key(), CHANGE));
        assertThat(here.registry.find(ACME.key())).contains(ACME);
        assertThat(steps()).containsExactly(Step.PROVISIONED);
    }

    @ParameterizedTest
    @EnumSource(names = {"commit", "rollback", "close", "autocommit"})
    void aHookCannotEndTheTransaction(Ending ending) {
        TenantLifecycle lifecycle = lifecycle(new TenantHook() {
            @Override
            public void before(Step step, Tenant tenant, Connection transaction) throws SQLException {
                ending.on(transaction);
            }
        });
        assertThatExceptionOfType(TenantHookException.class)
                .isThrownBy(() -> lifecycle.provision(ACME, CHANGE))
                .withMessageContaining("Hooks may not call Connection.");
        assertThat(here.registry.list()).isEmpty();
    }

    @Test
    void detectsAHookThatEndsTheTransactionBySql() {
        for (String sql : List.of("commit", "rollback", "set local app.current_tenant_id = 'other'")) {
            TenantLifecycle lifecycle = lifecycle(new TenantHook() {
                @Override
                public void before(Step step, Tenant tenant, Connection transaction) throws SQLException {
                    transaction.createStatement().execute(sql);
                }
            });
            assertThatExceptionOfType(TenantHookException.class)
                    .isThrownBy(() -> lifecycle.provision(ACME, CHANGE))
                    .withMessageContaining("it ended the transaction by SQL of its own");
            assertThat(here.registry.list()).isEmpty();
        }
    }

    enum Ending {
        commit,
        rollback,
        close,
        autocommit;

        void on(Connection transaction) throws SQLException {
            switch (this) {
                case commit -> transaction.commit();
                case rollback -> transaction.rollback();
                case close -> transaction.close();
                case autocommit -> transaction.setAutoCommit(true);
            }
        }
    }

    @FunctionalInterface
    private interface Action {
        Tenant in(TenantLifecycle lifecycle);
    }

    private static final Map<String, Action> OPERATIONS = Map.of(
            "suspend", lifecycle -> lifecycle.suspend(ACME.key(), CHANGE),
            "resume", lifecycle -> lifecycle.resume(ACME.key(), CHANGE),
            "delete", lifecycle -> lifecycle.delete(ACME.key(), CHANGE),
            "restore", lifecycle -> lifecycle.restore(ACME.key(), CHANGE));

    private static final Map<TenantState, List<String>> LEGAL = Map.of(
            TenantState.ACTIVE, List.of("suspend", "delete"),
            TenantState.SUSPENDED, List.of("resume", "delete"),
            TenantState.DELETED, List.of("restore"),
            TenantState.DELETING, List.of("restore"));

    @ParameterizedTest
    @EnumSource
    void refusesEveryOtherTransition(TenantState state) {
        here.registry.create(ACME.in(state), CHANGE);
        TenantLifecycle lifecycle = lifecycle(new Recorder());
        OPERATIONS.forEach((name, operation) -> {
            if (LEGAL.getOrDefault(state, List.of()).contains(name)) {
                assertThat(operation.in(lifecycle.dryRun()).state()).as(name).isNotEqualTo(state);
            } else {
                assertThatExceptionOfType(TenantStateException.class)
                        .isThrownBy(() -> operation.in(lifecycle))
                        .withMessageContaining("Tenant acme (" + ACME.key() + ") is " + state + ": " + name + " takes")
                        .satisfies(e -> assertThat(e.allowed()).doesNotContain(state));
            }
        });
        assertThat(here.registry.find(ACME.key())).contains(ACME.in(state));
        assertThat(here.audit(ACME)).hasSize(1);
        assertThat(calls).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void aTenantSuspendedBeforeItsDeletionIsSuspendedAfterRestoration() {
        TenantLifecycle lifecycle = lifecycle();
        lifecycle.provision(ACME, CHANGE);
        lifecycle.suspend(ACME.key(), CHANGE);
        lifecycle.delete(ACME.key(), CHANGE);
        assertThat(lifecycle.restore(ACME.key(), CHANGE).state()).isEqualTo(TenantState.SUSPENDED);
    }

    @Test
    void oneOfTwoConcurrentOperatorsSucceeds() throws Exception {
        TenantLifecycle lifecycle = here.lifecycle().build();
        lifecycle.provision(ACME, CHANGE);
        List<Callable<Tenant>> operators = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            operators.add(() -> lifecycle.suspend(ACME.key(), CHANGE));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Tenant>> outcomes = threads.invokeAll(operators);
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.state() == Future.State.SUCCESS)
                    .hasSize(1);
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.state() == Future.State.FAILED)
                    .extracting(Future::exceptionNow)
                    .hasOnlyElementsOfType(TenantStateException.class);
        }
        assertThat(here.audit(ACME)).hasSize(2);
    }

    @Test
    void aDryRunChecksAndChangesNothing() {
        TenantLifecycle dry = lifecycle(new Recorder()).dryRun();
        assertThat(dry.provision(ACME, CHANGE)).isEqualTo(new Provisioned(ACME, true));
        assertThat(here.registry.list()).isEmpty();
        lifecycle().provision(ACME, CHANGE);
        events.clear();
        assertThat(dry.provision(ACME, CHANGE).created()).isFalse();
        assertThat(dry.suspend(ACME.key(), CHANGE).state()).isEqualTo(TenantState.SUSPENDED);
        assertThat(here.registry.find(ACME.key())).contains(ACME);
        assertThat(here.audit(ACME)).hasSize(1);
        assertThat(calls).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void anUnknownTenantIsAnError() {
        assertThatExceptionOfType(TenantRegistryException.class)
                .isThrownBy(() -> lifecycle().suspend(World.C.tenant(), CHANGE))
                .withMessageContaining("There is no tenant " + World.C.tenant());
    }
}
