package dev.boundary.jooq;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.core.routing.RoutingDataSource;
import dev.boundary.jooq.internal.RlsOnly;
import dev.boundary.jooq.internal.session.TenantSwitch;
import dev.boundary.jooq.schema.TenantSchema;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tenants of one jOOQ service inside their own rows: creates jOOQ contexts whose statements name their tenant
 * (query layer) and carry it to the policies of the database (session layer).
 *
 * <pre>{@code
 * Boundary boundary = Boundary.builder(schema).admin(adminDataSource).build();
 * DSLContext db = boundary.dsl(appDataSource);
 *
 * TenantContext.where(acme).run(() -> db.selectFrom(BOOKING).fetch());
 * }</pre>
 *
 * <p>While jOOQ executes a statement, the tenant is in SLF4J's MDC under {@code boundary.tenant}. A flight recording
 * can turn on the events {@code dev.boundary.Binding} and {@code dev.boundary.Violation}, which are off by default.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Boundary {

    private static final Logger LOG = LoggerFactory.getLogger(Boundary.class);

    private final Layers layers;
    private final ContextFactory contexts;

    private Boundary(BoundaryOptions options) {
        layers = options.layers;
        contexts = options.contextFactory();
    }

    /**
     * Starts building a boundary.
     *
     * @param schema which tables belong to tenants
     * @return a builder
     */
    public static Builder builder(TenantSchema schema) {
        return new Builder(schema);
    }

    /**
     * Creates a jOOQ context on a data source, after checking that the database keeps tenants apart: the role cannot
     * bypass row-level security, every table with tenants' rows is protected, policies and this service use the same
     * session variable, and the driver keeps tenant and statement together.
     *
     * <p>Each place of a {@link RoutingDataSource} is checked: those that exist from the start now, and a tenant's own
     * schema or database before its first use, where the statement that would have used it throws. If tenants may have
     * schemas of their own, the context names tables without a schema. Statements join Spring's transactions.
     *
     * @param application connections of the application role
     * @return the context; safe for use by several threads
     * @throws UnsafeDatabaseException if a check fails; it lists all findings, each with its fix
     * @throws org.jooq.exception.DataAccessException if the database cannot be queried
     */
    public DSLContext dsl(DataSource application) {
        return dsl(contexts.configuration(application));
    }

    /**
     * Creates a jOOQ context from your own configuration, with its settings, listeners, record mappers and so on, after
     * the same checks as in {@link #dsl(DataSource)}.
     *
     * @param base a configuration with the dialect {@code POSTGRES} and a connection provider of the application role;
     *     it is not changed
     * @return the context; safe for use by several threads if the configuration is
     * @throws IllegalArgumentException if the dialect is another, there is an R2DBC {@code ConnectionFactory}, another
     *     data source is wrapped around a {@link RoutingDataSource}, a {@code ThreadLocalTransactionProvider} does not
     *     carry the tenant, or tenants may have own schemas and the settings lack {@code renderSchema(false)}
     * @throws UnsafeDatabaseException if a check fails; it lists all findings, each with its fix
     * @throws org.jooq.exception.DataAccessException if the database cannot be queried
     */
    public DSLContext dsl(Configuration base) {
        if (layers != Layers.BOTH) {
            LOG.warn("Tenants are kept apart by one layer only: {}", layers);
        }
        return contexts.dsl(base);
    }

    /**
     * Creates a data source for what does not go through jOOQ: plain JDBC, Spring's {@code JdbcTemplate}, Hibernate.
     * Its connections carry the open scope with every statement, so row-level security protects tenants there too;
     * there is no query layer, and a statement outside any scope is refused. In an unscoped scope it gives connections
     * of the admin role. The checks are the same as in {@link #dsl(DataSource)}.
     *
     * <p>A transaction may span jOOQ and other libraries: give {@link #dsl(Configuration)} a connection provider on the
     * returned data source. Statements join Spring's transaction on {@code application}.
     *
     * @param application connections of the application role
     * @return the data source; safe for use by several threads
     * @throws StatementRefusedException if row-level security is off ({@link Layers#QUERY_ONLY})
     * @throws UnsafeDatabaseException if a check fails; it lists all findings, each with its fix
     * @throws org.jooq.exception.DataAccessException if the database cannot be queried
     */
    public DataSource dataSource(DataSource application) {
        requireRowLevelSecurity("a data source without a query layer");
        return contexts.dataSource(application);
    }

    /**
     * Derives a context whose statements may run in a transaction that another tenant began, each as the tenant whose
     * scope is open. Without it that is refused: a transaction belongs to one tenant.
     *
     * @param dsl a context created by this boundary, or derived from one, also inside a transaction; it is not changed
     * @param reason why the tenants' changes must succeed or fail together; not blank
     * @return the context
     * @throws IllegalArgumentException if the reason is blank
     */
    public DSLContext tenantSwitch(DSLContext dsl, String reason) {
        return derive(dsl, TenantSwitch.KEY, new TenantSwitch(reason));
    }

    /**
     * Derives a context whose statements the query layer leaves alone, so that row-level security alone protects
     * tenants: for SQL that the query layer does not understand. Each statement leaves a
     * {@link dev.boundary.core.event.BoundaryEvent.RlsOnlyAccess} event with the reason, and needs an open scope.
     *
     * @param dsl a context created by this boundary, or derived from one, also inside a transaction; it is not changed
     * @param reason why, for the audit; not blank
     * @return the context
     * @throws StatementRefusedException if row-level security is off ({@link Layers#QUERY_ONLY})
     * @throws IllegalArgumentException if the reason is blank
     */
    public DSLContext rlsOnly(DSLContext dsl, String reason) {
        requireRowLevelSecurity("a statement that is left to row-level security alone");
        return derive(dsl, RlsOnly.KEY, new RlsOnly(reason));
    }

    private void requireRowLevelSecurity(String what) {
        if (layers == Layers.QUERY_ONLY) {
            throw new StatementRefusedException(
                    what,
                    "This boundary was built with Layers.QUERY_ONLY, so row-level security may not be there.",
                    "Use Layers.BOTH.");
        }
    }

    private static DSLContext derive(DSLContext dsl, Object key, Object value) {
        Configuration derived = dsl.configuration().derive();
        derived.data(key, value);
        return DSL.using(derived);
    }

    /**
     * Builds a {@link Boundary}. Not safe for use by several threads at once.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final BoundaryOptions options;

        private Builder(TenantSchema schema) {
            options = new BoundaryOptions(schema);
        }

        /**
         * Where unscoped work runs: as a role whose policies let it see all tenants. Without it such work is refused.
         *
         * @param admin connections of the admin role
         * @return this builder
         */
        public Builder admin(DataSource admin) {
            options.admin = Objects.requireNonNull(admin, "admin");
            return this;
        }

        /**
         * Which layers keep tenants apart. The default is {@link Layers#BOTH}.
         *
         * @param layers the layers
         * @return this builder
         */
        public Builder layers(Layers layers) {
            options.layers = Objects.requireNonNull(layers, "layers");
            return this;
        }

        /**
         * How the tenant reaches the server; tried out when a context is made. The default is {@link Binding#PREFIX}.
         *
         * @param binding the binding
         * @return this builder
         */
        public Builder binding(Binding binding) {
            options.binding = Objects.requireNonNull(binding, "binding");
            return this;
        }

        /**
         * Resets connections that come back with temporary tables and the like; by default they are closed.
         *
         * @return this builder
         */
        public Builder resetConnections() {
            options.resetsConnections = true;
            return this;
        }

        /**
         * The session variable that the policies read. The default is {@link SessionVariable#DEFAULT}.
         *
         * @param sessionVariable the variable; it must be the one the policies were installed with
         * @return this builder
         */
        public Builder sessionVariable(SessionVariable sessionVariable) {
            options.sessionVariable = Objects.requireNonNull(sessionVariable, "sessionVariable");
            return this;
        }

        /**
         * Adds a listener, which receives violations, unscoped access and statements left to row-level security alone.
         *
         * @param listener the listener
         * @return this builder
         */
        public Builder listener(BoundaryListener listener) {
            options.listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Counts bindings and events. By default nothing is counted.
         *
         * @param metrics the counters, which also become a listener
         * @return this builder
         */
        public Builder metrics(BoundaryMetrics metrics) {
            options.metrics = Objects.requireNonNull(metrics, "metrics");
            return listener(metrics);
        }

        /**
         * Adopts Boundary in an existing code base table by table: what the query layer would refuse about these tables
         * is only reported, and sent as it was written. Row-level security and privileges apply as always. A report is
         * a {@link dev.boundary.core.event.BoundaryEvent.Violation} whose {@code refused} is false, with fingerprint
         * and line of code of the statement; the first of each kind is also logged as a warning.
         *
         * @param tables tables of the {@code TenantSchema}
         * @return this builder
         */
        public Builder observe(Table<?>... tables) {
            options.observed.addAll(List.of(tables));
            return this;
        }

        /**
         * The same as {@link #observe} for all tables, and where tables are unknown: plain SQL, functions, DDL.
         *
         * @return this builder
         */
        public Builder observeEverything() {
            options.observesEverything = true;
            return this;
        }

        /**
         * Sends a statement on tenants' rows outside any scope with an empty tenant instead of refusing it: it finds no
         * row and changes none, and is reported as a {@link dev.boundary.core.event.BoundaryEvent.Violation}. An INSERT
         * still fails. The policies must have been installed with {@code missing} = {@code empty}, which is checked
         * when a context is made. {@link Boundary#dataSource(DataSource)} stays strict.
         *
         * @return this builder
         */
        public Builder relaxed() {
            options.relaxed = true;
            return this;
        }

        /**
         * Builds the boundary. It connects to nothing; {@link Boundary#dsl(DataSource)} does.
         *
         * @return the boundary
         * @throws IllegalStateException if something is to be observed and one of the layers is off
         * @throws IllegalArgumentException if a table that is to be observed is not in the {@code TenantSchema}
         */
        public Boundary build() {
            return new Boundary(options);
        }
    }
}
