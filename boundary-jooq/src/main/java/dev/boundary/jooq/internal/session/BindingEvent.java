package dev.boundary.jooq.internal.session;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A tenant is bound to a statement. Off by default; a recording turns it on. */
@Name("dev.boundary.Binding")
@Label("Tenant binding")
@Category("Boundary")
@Description("A tenant is bound to a statement")
@Enabled(false)
@StackTrace(false)
final class BindingEvent extends Event {
    @Label("Tenant")
    String tenant = "";

    @Label("Same round trip")
    @Description("Whether the tenant is sent with the statement")
    boolean sameRoundTrip;

    static void emit(String tenant, boolean sameRoundTrip) {
        BindingEvent event = new BindingEvent();
        if (event.shouldCommit()) {
            event.tenant = tenant;
            event.sameRoundTrip = sameRoundTrip;
            event.commit();
        }
    }
}
