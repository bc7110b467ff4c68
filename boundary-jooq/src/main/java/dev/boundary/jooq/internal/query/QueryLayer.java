package dev.boundary.jooq.internal.query;

import dev.boundary.core.internal.EventPublisher;
import dev.boundary.jooq.schema.TenantSchema;
import java.util.Objects;
import org.jooq.VisitListenerProvider;

/** The entry to the query layer: creates the listeners that rewrite statements. Immutable and thread-safe. */
public final class QueryLayer {

    private final RewriteContextFactory contexts;

    /**
     * Creates the layer of one schema.
     *
     * @param schema which tables belong to tenants
     * @param settings how to behave
     * @param events receives violations
     */
    public QueryLayer(TenantSchema schema, QueryLayerSettings settings, EventPublisher events) {
        this.contexts = new RewriteContextFactory(
                new MappedTableNames(new TableNames(schema)),
                new AllowedFunctions(schema.allowedFunctions()),
                Objects.requireNonNull(settings, "settings"),
                Objects.requireNonNull(events, "events"));
    }

    /**
     * What goes into jOOQ's configuration.
     *
     * @return the provider, one for all threads; it creates a listener for each rendering
     */
    public VisitListenerProvider visitListenerProvider() {
        return () -> new RewritingVisitListener(contexts);
    }
}
