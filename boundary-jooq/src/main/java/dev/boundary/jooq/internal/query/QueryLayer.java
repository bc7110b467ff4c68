package dev.boundary.jooq.internal.query;

import dev.boundary.core.event.BoundaryEvents;
import dev.boundary.jooq.schema.TenantSchema;
import java.util.Objects;
import org.jooq.VisitListenerProvider;

/** Makes the listeners that rewrite statements. Immutable and safe for use by several threads. */
public final class QueryLayer {

    private final TableNames names;
    private final Functions functions;
    private final QueryLayerSettings settings;
    private final BoundaryEvents events;

    /**
     * For one schema.
     *
     * @param schema which tables belong to tenants
     * @param settings how to behave
     * @param events hears of refusals
     */
    public QueryLayer(TenantSchema schema, QueryLayerSettings settings, BoundaryEvents events) {
        this.names = new TableNames(schema);
        this.functions = new Functions(schema.allowedFunctions());
        this.settings = Objects.requireNonNull(settings, "settings");
        this.events = Objects.requireNonNull(events, "events");
    }

    /**
     * What goes into jOOQ's configuration.
     *
     * @return the provider, one for all threads; it makes a fresh listener for each rendering
     */
    public VisitListenerProvider visitListenerProvider() {
        return () -> new StatementListener(names, functions, settings, events);
    }
}
