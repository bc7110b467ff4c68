package dev.boundary.jooq;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.jooq.internal.query.QueryLayerSettings;
import dev.boundary.jooq.internal.query.QueryLayerSettings.Observe;
import dev.boundary.jooq.metrics.BoundaryMetrics;
import dev.boundary.jooq.schema.ClassifiedTable;
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
import org.jspecify.annotations.Nullable;

/** Puts a {@link Boundary} together. Not safe for use by several threads at once. */
public final class BoundaryBuilder {

    final TenantSchema schema;
    final List<BoundaryListener> listeners = new ArrayList<>();

    @Nullable
    DataSource admin;

    @Nullable
    BoundaryMetrics metrics;

    Layers layers = Layers.BOTH;
    Binding binding = Binding.PREFIX;
    SessionVariable sessionVariable = SessionVariable.DEFAULT;
    boolean observesEverything;
    final Set<Table<?>> observed = new LinkedHashSet<>();
    boolean relaxed;

    BoundaryBuilder(TenantSchema schema) {
        this.schema = Objects.requireNonNull(schema, "schema");
    }

    /**
     * Where unscoped work runs: connections of a role whose policies let it see all tenants. Without it unscoped work
     * is refused.
     *
     * @param admin connections of the admin role
     * @return this builder
     */
    public BoundaryBuilder admin(DataSource admin) {
        this.admin = Objects.requireNonNull(admin, "admin");
        return this;
    }

    /**
     * Which layers keep tenants apart. {@link Layers#BOTH} if this is not called.
     *
     * @param layers the layers
     * @return this builder
     */
    public BoundaryBuilder layers(Layers layers) {
        this.layers = Objects.requireNonNull(layers, "layers");
        return this;
    }

    /**
     * How the tenant reaches the server. {@link Binding#PREFIX} if this is not called. Whether it works is found out
     * when a context is made.
     *
     * @param binding the way
     * @return this builder
     */
    public BoundaryBuilder binding(Binding binding) {
        this.binding = Objects.requireNonNull(binding, "binding");
        return this;
    }

    /**
     * The session variable that the policies read. {@link SessionVariable#DEFAULT} if this is not called.
     *
     * @param sessionVariable the variable; it must be the one the policies were installed with
     * @return this builder
     */
    public BoundaryBuilder sessionVariable(SessionVariable sessionVariable) {
        this.sessionVariable = Objects.requireNonNull(sessionVariable, "sessionVariable");
        return this;
    }

    /**
     * Adds who hears of violations, unscoped access and statements left to row-level security alone.
     *
     * @param listener the listener
     * @return this builder
     */
    public BoundaryBuilder listener(BoundaryListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Sets what counts bindings and events.
     *
     * @param metrics for example a {@link dev.boundary.jooq.micrometer.MicrometerMetrics}
     * @return this builder
     */
    public BoundaryBuilder metrics(BoundaryMetrics metrics) {
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        return listener(metrics);
    }

    /**
     * For adopting Boundary in a living code base, table by table: what the query layer would refuse about these tables is
     * only reported, and sent as it was written. The database still decides: row-level security and the privileges of the
     * application role stay as they are. What the query layer can rewrite, it rewrites.
     *
     * <p>A report is a {@link dev.boundary.core.event.Violation} whose {@code refused} is false, with the statement's
     * fingerprint and the line of code that sent it. The first of each kind is also logged as a warning. When a table has no
     * more reports, take it off the list.
     *
     * @param tables tables of the {@code TenantSchema}
     * @return this builder
     */
    public BoundaryBuilder observe(Table<?>... tables) {
        observed.addAll(List.of(tables));
        return this;
    }

    /**
     * The same for all tables, and for statements of which it is not known what tables they touch: plain SQL, functions,
     * tables that nobody declared, DDL.
     *
     * @return this builder
     */
    public BoundaryBuilder observeEverything() {
        observesEverything = true;
        return this;
    }

    /**
     * Relaxes the rule that a statement on tenants' rows outside any scope is refused: it is sent with an empty tenant,
     * finds no row and changes none, and a {@link dev.boundary.core.event.Violation} tells of it. An INSERT still fails. For
     * code that reads before it knows its tenant and can live with nothing. The policies must have been installed with
     * {@code missing} = {@code empty}, which is checked when a context is made. {@link Boundary#dataSource(DataSource)} stays
     * strict.
     *
     * @return this builder
     */
    public BoundaryBuilder relaxed() {
        relaxed = true;
        return this;
    }

    /**
     * Builds it. Nothing is connected to; {@link Boundary#dsl(DataSource)} does that.
     *
     * @return the boundary
     * @throws IllegalStateException if something is to be observed and one of the layers is off: the query layer reports,
     *     and row-level security catches what it lets through
     * @throws IllegalArgumentException if a table that is to be observed is not in the {@code TenantSchema}
     */
    public Boundary build() {
        checkObserved();
        return new Boundary(this);
    }

    private void checkObserved() {
        if (layers != Layers.BOTH && (observesEverything || !observed.isEmpty())) {
            throw new IllegalStateException(
                    "Observe mode reports what the query layer would refuse and lets it through to"
                            + " row-level security, so it needs both, and this builder has Layers." + layers
                            + ". Use Layers.BOTH, or do not observe.");
        }
        Set<Name> declared = schema.tables().stream().map(ClassifiedTable::name).collect(Collectors.toSet());
        for (Table<?> table : observed) {
            if (!declared.contains(table.getQualifiedName())) {
                throw new IllegalArgumentException("The table " + table.getQualifiedName()
                        + " is to be observed and is not in the TenantSchema, which has " + schema.tables() + ".");
            }
        }
    }

    QueryLayerSettings queryLayer() {
        Set<Name> names = observed.stream().map(Table::getQualifiedName).collect(Collectors.toSet());
        return new QueryLayerSettings(!relaxed, layers != Layers.QUERY_ONLY, new Observe(observesEverything, names));
    }
}
