package dev.boundary.jooq;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.jooq.metrics.BoundaryMetrics;
import dev.boundary.jooq.schema.TenantSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
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
     * @param metrics for example a {@link dev.boundary.jooq.metrics.MicrometerMetrics}
     * @return this builder
     */
    public BoundaryBuilder metrics(BoundaryMetrics metrics) {
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        return listener(metrics);
    }

    /**
     * Builds it. Nothing is connected to; {@link Boundary#dsl(DataSource)} does that.
     *
     * @return the boundary
     */
    public Boundary build() {
        return new Boundary(this);
    }
}
