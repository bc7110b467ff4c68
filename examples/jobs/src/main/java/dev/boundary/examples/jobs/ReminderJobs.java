package dev.boundary.examples.jobs;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.boundary.core.TenantContext;
import dev.boundary.core.propagation.CarrierException;
import dev.boundary.core.propagation.TenantCarrier;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Jobs of db-scheduler that run in the scope of the tenant that requested them. */
final class ReminderJobs {

    private static final TaskDescriptor<ReminderJob> REMINDER = TaskDescriptor.of("reminder", ReminderJob.class);
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final TenantCarrier carrier;
    private final Reminders reminders;
    private final SetAside setAside;

    ReminderJobs(TenantCarrier carrier, Reminders reminders, SetAside setAside) {
        this.carrier = carrier;
        this.reminders = reminders;
        this.setAside = setAside;
    }

    /** Schedules a reminder, in the scope of the tenant that requests it. */
    void schedule(SchedulerClient client, String id, String text, Instant when) {
        // @start region="schedule"
        Map<String, String> headers = new HashMap<>();
        carrier.inject(headers::put); // an error outside of a tenant's scope
        client.scheduleIfNotExists(
                REMINDER.instance(id).data(new ReminderJob(headers, text)).scheduledTo(when));
        // @end
    }

    /** The task by which db-scheduler runs them. */
    OneTimeTask<ReminderJob> task() {
        // @start region="run"
        return Tasks.oneTime(REMINDER).onFailure(this::failed).execute((instance, context) -> {
            ReminderJob job = instance.getData();
            TenantContext.where(carrier.extract(job.headers())).run(() -> reminders.remind(job.text()));
        });
        // @end
    }

    // @start region="failed"
    private void failed(ExecutionComplete execution, ExecutionOperations<ReminderJob> operations) {
        if (execution.getCause().orElse(null) instanceof CarrierException refused && !refused.isRetryable()) {
            // It has no tenant, so no work is done.
            setAside.job(execution.getExecution().taskInstance, refused.reason());
            operations.stop();
        } else {
            operations.reschedule(execution, execution.getTimeDone().plus(PAUSE));
        }
    }
    // @end
}
