package dev.boundary.jooq.internal.session;

import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.Violation;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** An attempt was refused, or the database rejected it. Off by default; a recording turns it on. */
@Name("dev.boundary.Violation")
@Label("Tenant violation")
@Category("Boundary")
@Description("An attempt to cross the boundary of a tenant was refused or rejected")
@Enabled(false)
public final class ViolationEvent extends Event {
    @Label("Scope")
    String scope = "";

    @Label("Error")
    String error = "";

    @Label("Message")
    String message = "";

    @Label("Refused")
    @Description("false if it was only reported, in observe mode")
    boolean refused;

    @Label("Fingerprint")
    String fingerprint = "";

    @Label("Call site")
    String callSite = "";

    private ViolationEvent() {}

    /**
     * Writes a violation into the flight recording; a listener.
     *
     * @param event what happened
     */
    public static void onEvent(BoundaryEvent event) {
        if (event instanceof Violation violation) {
            ViolationEvent record = new ViolationEvent();
            if (record.shouldCommit()) {
                record.scope = violation.scope().map(Object::toString).orElse("none");
                record.error = violation.error().getClass().getSimpleName();
                record.message = String.valueOf(violation.error().getMessage());
                record.refused = violation.refused();
                violation.origin().ifPresent(origin -> {
                    record.fingerprint = origin.fingerprint();
                    record.callSite = origin.callSite();
                });
                record.commit();
            }
        }
    }
}
