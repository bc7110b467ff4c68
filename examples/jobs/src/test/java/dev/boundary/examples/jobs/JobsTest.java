package dev.boundary.examples.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper.ManualSchedulerBuilder;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.propagation.SigningKey;
import dev.boundary.core.propagation.TenantCarrier;
import dev.boundary.core.registry.TenantState;
import dev.boundary.examples.jobs.Message.Header;
import dev.boundary.examples.jobs.ReminderTopic.Outcome;
import dev.boundary.jooq.Boundary;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each job and message is processed for its own tenant, retried, or set aside. */
class JobsTest {

    private static final SigningKey KEY = SigningKey.of("k1", "the key of all our processes, 32 b".getBytes(UTF_8));
    private static final SigningKey FORGED = SigningKey.of("k1", "the key of somebody who has not it".getBytes(UTF_8));
    private static final SigningKey NEXT = SigningKey.of("k2", "the next key, that we do not know!".getBytes(UTF_8));

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase database;

    private final SettableClock clock = new SettableClock();
    private final Tenants tenants = new Tenants();
    private final TenantKey acme = tenants.add(1, "acme");
    private final TenantKey globex = tenants.add(2, "globex");
    private final Reminders reminders =
            new Reminders(Boundary.builder(Reminders.schema()).build().dsl(database.application()));
    private final SetAside setAside = new SetAside(database.application());
    private final TenantCarrier carrier = carrier(KEY, "reminders");
    private final ReminderJobs jobs = new ReminderJobs(carrier, reminders, setAside);
    private final ReminderTopic topic = new ReminderTopic(carrier, reminders, setAside);
    private final OneTimeTask<ReminderJob> task = jobs.task();
    private final ManualScheduler scheduler = scheduler();

    @BeforeAll
    static void start() throws SQLException {
        database = JobsDatabase.create();
    }

    @AfterAll
    static void stop() throws SQLException {
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.execute(database.superuser(), "truncate reminder, scheduled_tasks, set_aside");
    }

    private ManualScheduler scheduler() {
        ManualSchedulerBuilder builder = TestHelper.createManualScheduler(database.application(), task);
        builder.serializer(new JobJson());
        return builder.clock(clock).build();
    }

    private TenantCarrier carrier(SigningKey key, String audience) {
        return TenantCarrier.builder(key)
                .audience(audience)
                .expiresAfter(Duration.ofHours(1))
                .checkedAgainst(tenants)
                .clock(clock::now)
                .build();
    }

    private Map<String, String> headers(TenantCarrier by, TenantKey tenant) {
        Map<String, String> headers = new HashMap<>();
        TenantContext.where(tenant).run(() -> by.inject(headers::put));
        return headers;
    }

    private Header header(TenantCarrier by, TenantKey tenant) {
        return new Header(
                TenantCarrier.HEADER, Objects.requireNonNull(headers(by, tenant).get(TenantCarrier.HEADER)));
    }

    private void job(String id, Map<String, String> headers) {
        scheduler.schedule(SchedulableInstance.of(task.instance(id, new ReminderJob(headers, id)), clock.now()));
    }

    private List<String> of(TenantKey tenant) {
        return TenantContext.where(tenant).call(reminders::all);
    }

    private List<String> waiting() {
        return scheduler.getScheduledExecutions().stream()
                .map(execution -> execution.getTaskInstance().getId())
                .toList();
    }

    @Test
    void runsAJobForTheTenantThatRequestedIt() {
        TenantContext.where(acme).run(() -> jobs.schedule(scheduler, "a", "of acme", clock.now()));
        TenantContext.where(globex).run(() -> jobs.schedule(scheduler, "g", "of globex", clock.now()));
        scheduler.runAnyDueExecutions();
        assertThat(of(acme)).containsExactly("of acme");
        assertThat(of(globex)).containsExactly("of globex");
        assertThat(waiting()).isEmpty();
        assertThatExceptionOfType(TenantNotSetException.class) // a job without a tenant cannot be scheduled
                .isThrownBy(() -> jobs.schedule(scheduler, "n", "of nobody", clock.now()));
        assertThatExceptionOfType(TenantNotSetException.class)
                .isThrownBy(() -> TenantContext.unscoped("all").run(() -> topic.message("n", "of all")));
    }

    @Test
    void setsAsideAJobWithoutAValidTenant() throws SQLException {
        TenantKey gone = tenants.add(3, "gone");
        tenants.change(gone, TenantState.DELETED);
        job("missing", Map.of());
        job("forged", headers(carrier(FORGED, "reminders"), acme));
        job("of-another-queue", headers(carrier(KEY, "invoices"), acme));
        job("unreadable", Map.of(TenantCarrier.HEADER, "1"));
        job("twice", Map.of(TenantCarrier.HEADER, "x", TenantCarrier.HEADER.toUpperCase(Locale.ROOT), "x"));
        job("unknown", headers(carrier, TenantKey.of(99L)));
        job("deleted", headers(carrier, gone));
        scheduler.runAnyDueExecutions();
        assertThat(waiting()).isEmpty();
        assertThat(of(acme)).isEmpty();
        assertThat(setAside.list())
                .containsExactly(
                        "reminder/deleted: DELETED_TENANT",
                        "reminder/forged: FORGED",
                        "reminder/missing: MISSING",
                        "reminder/of-another-queue: FORGED",
                        "reminder/twice: MALFORMED",
                        "reminder/unknown: UNKNOWN_TENANT",
                        "reminder/unreadable: MALFORMED");
    }

    @Test
    void setsAsideAnExpiredJob() throws SQLException {
        TenantContext.where(acme)
                .run(() ->
                        jobs.schedule(scheduler, "late", "too late", clock.now().plus(Duration.ofHours(2))));
        clock.set(clock.now().plus(Duration.ofHours(3)));
        scheduler.runAnyDueExecutions();
        assertThat(of(acme)).isEmpty();
        assertThat(setAside.list()).containsExactly("reminder/late: EXPIRED");
    }

    @Test
    void theJobOfASuspendedTenantWaits() throws SQLException {
        job("suspended", headers(carrier, acme));
        job("next-key", headers(carrier(NEXT, "reminders"), globex));
        tenants.change(acme, TenantState.SUSPENDED);
        scheduler.runAnyDueExecutions();
        assertThat(of(acme)).isEmpty();
        assertThat(waiting()).containsExactlyInAnyOrder("suspended", "next-key");
        assertThat(setAside.list()).isEmpty();

        tenants.change(acme, TenantState.ACTIVE);
        scheduler.tick(Duration.ofMinutes(10));
        scheduler.runAnyDueExecutions();
        assertThat(of(acme)).containsExactly("suspended");
        assertThat(waiting()).containsExactly("next-key"); // this process does not know the key yet
    }

    @Test
    void processesAMessageForItsTenant() throws SQLException {
        Message message = TenantContext.where(acme).call(() -> topic.message("m", "of acme"));
        assertThat(TenantContext.where(globex).call(() -> topic.consume(message)))
                .isEqualTo(Outcome.DONE);
        assertThat(of(acme)).containsExactly("of acme");
        assertThat(of(globex)).isEmpty();

        tenants.change(acme, TenantState.SUSPENDED);
        assertThat(topic.consume(message)).isEqualTo(Outcome.AGAIN);
        tenants.change(acme, TenantState.DELETING);
        assertThat(topic.consume(message)).isEqualTo(Outcome.SET_ASIDE);
        tenants.change(acme, TenantState.ACTIVE);
        clock.set(clock.now().plus(Duration.ofHours(1)));
        assertThat(topic.consume(message)).isEqualTo(Outcome.SET_ASIDE);
        assertThat(setAside.list()).containsExactly("message/m: DELETED_TENANT", "message/m: EXPIRED");
    }

    @Test
    void setsAsideAMessageWithoutExactlyOneTenant() throws SQLException {
        Message good = TenantContext.where(acme).call(() -> topic.message("good", "x"));
        Header of = good.headers().getFirst();
        Header other = header(carrier, globex);
        List<Message> hostile = List.of(
                new Message("none", "x", List.of()),
                new Message("empty", "x", List.of(new Header(TenantCarrier.HEADER, ""))),
                new Message("twice", "x", List.of(of, of)),
                new Message("two", "x", List.of(of, other)),
                new Message("changed", "x", List.of(new Header(of.name(), of.value() + "x"))),
                new Message("forged", "x", List.of(header(carrier(FORGED, "reminders"), acme))));
        for (Message message : hostile) {
            assertThat(topic.consume(message)).as(message.key()).isEqualTo(Outcome.SET_ASIDE);
        }
        assertThat(setAside.list()).hasSize(hostile.size());
        assertThat(of(acme)).isEmpty();
        assertThat(of(globex)).isEmpty();
        assertThat(topic.consume(good)).isEqualTo(Outcome.DONE); // the control
    }

    @Test
    void theDemoUsesARealScheduler() throws Exception {
        assertThat(new ArrayList<>(JobsDemo.run(database.application())))
                .containsExactly(
                        "tenant 1: [job of tenant 1, message of tenant 1]",
                        "tenant 2: [job of tenant 2, message of tenant 2]",
                        "set aside: [message/forged-1: FORGED, message/forged-2: FORGED, reminder/forged-1: FORGED,"
                                + " reminder/forged-2: FORGED]");
    }
}
