package dev.boundary.examples.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.propagation.SigningKey;
import dev.boundary.core.propagation.TenantCarrier;
import dev.boundary.jooq.Boundary;
import dev.boundary.testing.postgresql.TestDatabase;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Two tenants request reminders; a forged job and a forged message of each are set aside. */
public final class JobsDemo {

    private JobsDemo() {}

    /**
     * Runs the example on a PostgreSQL server of its own and prints the results.
     *
     * @param arguments none
     * @throws SQLException if the database fails
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] arguments) throws SQLException, InterruptedException {
        try (TestDatabase database = JobsDatabase.create()) {
            run(database.application()).forEach(System.out::println);
        }
    }

    static List<String> run(DataSource application) throws SQLException, InterruptedException {
        Tenants tenants = new Tenants();
        List<TenantKey> both = List.of(tenants.add(1, "acme"), tenants.add(2, "globex"));
        TenantCarrier carrier = carrier("k1", tenants);
        TenantCarrier forger = carrier("k1", tenants); // knows the id of the key, but not the key
        Reminders reminders =
                new Reminders(Boundary.builder(Reminders.schema()).build().dsl(application));
        SetAside setAside = new SetAside(application);
        ReminderJobs jobs = new ReminderJobs(carrier, reminders, setAside);
        ReminderTopic topic = new ReminderTopic(carrier, reminders, setAside);

        OneTimeTask<ReminderJob> task = jobs.task();
        Scheduler scheduler = Scheduler.create(application, task)
                .serializer(new JobJson())
                .pollingInterval(Duration.ofMillis(50))
                .threads(2)
                .build();
        for (TenantKey tenant : both) {
            TenantContext.where(tenant).run(() -> {
                jobs.schedule(scheduler, "of-" + tenant, "job of tenant " + tenant, Instant.now());
                new ReminderJobs(forger, reminders, setAside)
                        .schedule(scheduler, "forged-" + tenant, "never", Instant.now());
                topic.consume(topic.message("m" + tenant, "message of tenant " + tenant));
                topic.consume(new ReminderTopic(forger, reminders, setAside).message("forged-" + tenant, "never"));
            });
        }
        scheduler.start();
        while (!scheduler.getScheduledExecutions().isEmpty()) {
            Thread.sleep(20); // a service would have other things to do
        }
        scheduler.stop();
        List<String> lines = new ArrayList<>();
        for (TenantKey tenant : both) {
            lines.add("tenant " + tenant + ": " + TenantContext.where(tenant).call(reminders::all));
        }
        lines.add("set aside: " + setAside.list());
        return lines;
    }

    private static TenantCarrier carrier(String id, Tenants tenants) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return TenantCarrier.builder(SigningKey.of(id, secret))
                .audience("reminders")
                .expiresAfter(Duration.ofDays(1))
                .checkedAgainst(tenants)
                .build();
    }
}
