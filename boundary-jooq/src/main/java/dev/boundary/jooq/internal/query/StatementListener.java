package dev.boundary.jooq.internal.query;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.event.BoundaryEvents;
import dev.boundary.jooq.schema.TenantSchema;
import org.jooq.VisitContext;
import org.jooq.VisitListener;

/** One rendering of one statement. */
final class StatementListener implements VisitListener {

    @SuppressWarnings("UnusedVariable")
    StatementListener(TenantSchema schema, QueryLayerSettings settings, BoundaryEvents events) {}

    @Override
    public void visitStart(VisitContext context) {
        throw new StatementRefusedException("every statement", "The query layer is not written yet.", "Wait.");
    }
}
