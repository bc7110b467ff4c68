package dev.boundary.jooq;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.jooq.internal.QualifiedName;
import dev.boundary.jooq.internal.query.ObservedLog;
import dev.boundary.jooq.internal.query.QueryLayer;
import dev.boundary.jooq.internal.query.QueryLayerSettings;
import dev.boundary.jooq.internal.query.QueryLayerSettings.Observe;
import dev.boundary.jooq.internal.session.BindingStrategy;
import dev.boundary.jooq.internal.session.SessionLayer;
import dev.boundary.jooq.internal.session.SessionReporter;
import dev.boundary.jooq.internal.session.SessionSettings;
import dev.boundary.jooq.internal.session.ViolationEvent;
import dev.boundary.jooq.internal.startup.DatabaseCheck;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TenantSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.VisitListenerProvider;
import org.jspecify.annotations.Nullable;

/** What a builder has collected, and how the layers are put together from it. */
final class BoundaryOptions {

    final TenantSchema schema;
    final List<BoundaryListener> listeners = new ArrayList<>();
    final Set<Table<?>> observed = new LinkedHashSet<>();
    boolean observesEverything;
    boolean relaxed;
    Layers layers = Layers.BOTH;
    Binding binding = Binding.PREFIX;
    SessionVariable sessionVariable = SessionVariable.DEFAULT;

    @Nullable
    DataSource admin;

    @Nullable
    BoundaryMetrics metrics;

    BoundaryOptions(TenantSchema schema) {
        this.schema = Objects.requireNonNull(schema, "schema");
    }

    /** Puts the layers together. */
    ContextFactory contextFactory() {
        requireObservable();
        EventPublisher events = events();
        SessionSettings settings = sessionSettings(events);
        SessionLayer session = new SessionLayer(settings, admin);
        return new ContextFactory(
                schema,
                session,
                layers == Layers.RLS_ONLY ? null : queryLayer(events),
                new DatabaseCheck(schema, settings, session),
                layers != Layers.QUERY_ONLY);
    }

    private EventPublisher events() {
        List<BoundaryListener> all = new ArrayList<>(listeners);
        all.add(ViolationEvent::onEvent);
        all.add(new ObservedLog());
        return new EventPublisher(all);
    }

    private SessionSettings sessionSettings(EventPublisher events) {
        return new SessionSettings(
                sessionVariable,
                schema.keyType(),
                layers == Layers.QUERY_ONLY ? BindingStrategy.NONE : binding.strategy(),
                relaxed,
                new SessionReporter(events, metrics == null ? null : metrics::bound));
    }

    private VisitListenerProvider queryLayer(EventPublisher events) {
        Set<Name> names = observed.stream().map(QualifiedName::of).collect(Collectors.toSet());
        QueryLayerSettings settings =
                new QueryLayerSettings(!relaxed, layers != Layers.QUERY_ONLY, new Observe(observesEverything, names));
        return new QueryLayer(schema, settings, events).visitListenerProvider();
    }

    private void requireObservable() {
        if (layers != Layers.BOTH && (observesEverything || !observed.isEmpty())) {
            throw new IllegalStateException(
                    "Observe mode reports what the query layer would refuse and lets it through to"
                            + " row-level security, so it needs both, and this builder has Layers." + layers
                            + ". Use Layers.BOTH, or do not observe.");
        }
        Set<Name> declared = schema.tables().stream().map(ClassifiedTable::name).collect(Collectors.toSet());
        for (Table<?> table : observed) {
            if (!declared.contains(QualifiedName.of(table))) {
                throw new IllegalArgumentException("The table " + QualifiedName.of(table)
                        + " is to be observed and is not in the TenantSchema, which has " + schema.tables() + ".");
            }
        }
    }
}
