package dev.boundary.examples.jobs;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.propagation.CarrierException;
import dev.boundary.core.propagation.TenantCarrier;
import dev.boundary.examples.jobs.Message.Header;
import java.util.ArrayList;
import java.util.List;

/** Messages of a topic that are processed in the scope of the tenant that sent them. */
final class ReminderTopic {

    /** What the consumer does with a message after it was processed. */
    enum Outcome {
        /** It was processed: commit the offset. */
        DONE,
        /** It may succeed later: redeliver it. */
        AGAIN,
        /** It will never succeed and was set aside: commit the offset. */
        SET_ASIDE
    }

    private final TenantCarrier carrier;
    private final Reminders reminders;
    private final SetAside setAside;

    ReminderTopic(TenantCarrier carrier, Reminders reminders, SetAside setAside) {
        this.carrier = carrier;
        this.reminders = reminders;
        this.setAside = setAside;
    }

    /** Creates a message, in the scope of the tenant that sends it. */
    Message message(String key, String text) {
        // @start region="send"
        List<Header> headers = new ArrayList<>();
        carrier.inject((name, value) -> headers.add(new Header(name, value)));
        return new Message(key, text, headers);
        // @end
    }

    /** Processes a message. Exceptions of the work itself propagate. */
    Outcome consume(Message message) {
        // @start region="receive"
        try {
            TenantScope scope = carrier.extract(tenantHeader(message));
            TenantContext.where(scope).run(() -> reminders.remind(message.value()));
            return Outcome.DONE;
        } catch (CarrierException refused) {
            if (refused.isRetryable()) {
                return Outcome.AGAIN;
            }
            setAside.message(message, refused.reason());
            return Outcome.SET_ASIDE;
        }
        // @end
    }

    /** Empty if there is none; two headers joined are never a valid one. */
    private static String tenantHeader(Message message) {
        return String.join(
                ",",
                message.headers().stream()
                        .filter(header -> TenantCarrier.HEADER.equalsIgnoreCase(header.name()))
                        .map(Header::value)
                        .toList());
    }
}
