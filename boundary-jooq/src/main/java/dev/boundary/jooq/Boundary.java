package dev.boundary.jooq;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.core.event.BoundaryEvents;
import dev.boundary.core.event.BoundaryListener;
import dev.boundary.core.routing.RoutingDataSource;
import dev.boundary.jooq.internal.Reactive;
import dev.boundary.jooq.internal.RlsOnly;
import dev.boundary.jooq.internal.query.ObservedLog;
import dev.boundary.jooq.internal.query.QueryLayer;
import dev.boundary.jooq.internal.query.QueryLayerSettings;
import dev.boundary.jooq.internal.session.BindingStrategy;
import dev.boundary.jooq.internal.session.DataSourceInspection;
import dev.boundary.jooq.internal.session.PlacementVerifier;
import dev.boundary.jooq.internal.session.SessionLayer;
import dev.boundary.jooq.internal.session.SessionReporter;
import dev.boundary.jooq.internal.session.SessionSettings;
import dev.boundary.jooq.internal.session.TenantSwitch;
import dev.boundary.jooq.internal.session.ViolationEvent;
import dev.boundary.jooq.internal.startup.DatabaseCheck;
import dev.boundary.jooq.schema.TenantSchema;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.VisitListenerProvider;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tenants of one jOOQ service inside their own rows: makes jOOQ contexts whose statements name their tenant
 * (query layer) and carry it to the policies of the database (session layer).
 *
 * <pre>{@code
 * Boundary boundary = Boundary.builder(schema).admin(adminDataSource).build();
 * DSLContext db = boundary.dsl(appDataSource);
 *
 * TenantContext.where(acme).run(() -> db.selectFrom(BOOKING).fetch());
 * }</pre>
 *
 * <p>While jOOQ executes a statement, the tenant is in SLF4J's MDC under {@code boundary.tenant}. A flight recording can
 * ask for the events {@code dev.boundary.Binding} and {@code dev.boundary.Violation}, which are off by default.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Boundary {

    private static final Logger LOG = LoggerFactory.getLogger(Boundary.class);

    private final TenantSchema schema;
    private final Layers layers;
    private final SessionSettings settings;
    private final SessionLayer session;
    private final @Nullable VisitListenerProvider queryLayer;

    Boundary(BoundaryBuilder builder) {
        schema = builder.schema;
        layers = builder.layers;
        List<BoundaryListener> listeners = new ArrayList<>(builder.listeners);
        listeners.add(ViolationEvent::onEvent);
        listeners.add(new ObservedLog());
        BoundaryEvents events = new BoundaryEvents(listeners);
        settings = new SessionSettings(
                builder.sessionVariable,
                schema.keyType(),
                layers == Layers.QUERY_ONLY ? BindingStrategy.NONE : builder.binding.strategy(),
                builder.relaxed,
                new SessionReporter(events, builder.metrics == null ? null : builder.metrics::bound));
        session = new SessionLayer(settings, builder.admin);
        queryLayer = layers == Layers.RLS_ONLY ? null : queryLayer(builder.queryLayer(), events);
    }

    private VisitListenerProvider queryLayer(QueryLayerSettings rules, BoundaryEvents events) {
        return new QueryLayer(schema, rules, events).visitListenerProvider();
    }

    /**
     * Begins one.
     *
     * @param schema which tables belong to tenants
     * @return a builder
     */
    public static BoundaryBuilder builder(TenantSchema schema) {
        return new BoundaryBuilder(schema);
    }

    /**
     * Makes a jOOQ context on a data source, after it has asked the database whether tenants are kept apart there: the
     * role cannot bypass row-level security, every table with tenants' rows is protected, policies and this service
     * read the same session variable, and the driver keeps tenant and statement together.
     *
     * <p>Of a {@link RoutingDataSource} each place is asked: those that are there from the start now, and a tenant's own
     * schema or database before it is used for the first time, where the statement that would have used it throws then. If
     * tenants may have schemas of their own, the context names tables without a schema.
     *
     * @param application connections of the application role
     * @return the context; safe for use by several threads
     * @throws UnsafeDatabaseException if anything is wrong; it lists all of it, each with what to do
     * @throws org.jooq.exception.DataAccessException if the database cannot be asked
     */
    public DSLContext dsl(DataSource application) {
        Configuration base =
                new DefaultConfiguration().set(SQLDialect.POSTGRES).set(new DataSourceConnectionProvider(application));
        RoutingDataSource routing = DataSourceInspection.routing(application);
        return dsl(
                routing != null && routing.hasOwnSchemas()
                        ? base.deriveSettings(names -> names.withRenderSchema(false))
                        : base);
    }

    /**
     * Makes a jOOQ context from a configuration of one's own, with its settings, listeners, record mappers and so on.
     * The same is checked as in {@link #dsl(DataSource)}.
     *
     * @param base a configuration with the dialect {@code POSTGRES} and a connection provider of the application role;
     *     it is not changed
     * @return the context; safe for use by several threads if the configuration is
     * @throws IllegalArgumentException if the dialect is another, there is an R2DBC {@code ConnectionFactory}, there is
     *     another data source around a {@link RoutingDataSource}, or tenants may have schemas of their own and the settings
     *     are without {@code renderSchema(false)}
     * @throws UnsafeDatabaseException if anything is wrong; it lists all of it, each with what to do
     * @throws org.jooq.exception.DataAccessException if the database cannot be asked
     */
    public DSLContext dsl(Configuration base) {
        if (base.family() != SQLDialect.POSTGRES) {
            throw new IllegalArgumentException("Boundary works with the dialect POSTGRES, and the configuration has "
                    + base.dialect() + ". Set it: configuration.set(SQLDialect.POSTGRES).");
        }
        if (Reactive.isConfigured(base)) {
            throw new IllegalArgumentException("Boundary works with JDBC, and the configuration has an R2DBC"
                    + " ConnectionFactory, whose connections would carry no tenant. Leave it out.");
        }
        RoutingDataSource routing = DataSourceInspection.routing(base.connectionProvider());
        check(base, routing);
        // jOOQ would keep the SQL of parsed statements, with the tenant that the query layer wrote into it.
        Configuration derived = base.deriveSettings(settings -> settings.withCacheParsingConnection(false));
        derived.set(session.connections(base.connectionProvider(), places(routing)));
        derived.setAppending(session.listeners(schema, queryLayer));
        if (queryLayer != null) {
            derived.setAppending(queryLayer);
        }
        return DSL.using(derived);
    }

    private void check(Configuration base, @Nullable RoutingDataSource routing) {
        if (layers != Layers.BOTH) {
            LOG.warn("Tenants are kept apart by one layer only: {}", layers);
        }
        if (routing == null && layers != Layers.QUERY_ONLY) {
            new DatabaseCheck(schema, settings, session).run(base.connectionProvider());
        }
        if (routing != null
                && routing.hasOwnSchemas()
                && !Boolean.FALSE.equals(base.settings().isRenderSchema())) {
            throw new IllegalArgumentException("Tenants may have schemas of their own, and the settings of the"
                    + " configuration let statements name the shared tables by their schema. Set"
                    + " settings.withRenderSchema(false). A RenderMapping will not do: it names one schema for all"
                    + " tenants.");
        }
    }

    /** What is asked of each place; by {@link SessionLayer}, now or before its first use. */
    private PlacementVerifier places(@Nullable RoutingDataSource routing) {
        return new DatabaseCheck(schema, settings, session)
                .ofPlaces(routing != null && routing.hasOwnSchemas(), layers != Layers.QUERY_ONLY);
    }

    /**
     * Makes a data source for what does not go through jOOQ: plain JDBC, Spring's {@code JdbcTemplate}, Hibernate. Its
     * connections carry the open scope with every statement, so row-level security protects tenants there too; there is
     * no query layer, and a statement outside any scope is refused. In an unscoped scope it gives connections of the
     * admin role. The same is checked as in {@link #dsl(DataSource)}.
     *
     * <p>A transaction may span jOOQ and the others: give {@link #dsl(Configuration)} a connection provider on the data
     * source that is made here.
     *
     * @param application connections of the application role
     * @return the data source; safe for use by several threads
     * @throws StatementRefusedException if row-level security is off ({@link Layers#QUERY_ONLY})
     * @throws UnsafeDatabaseException if anything is wrong; it lists all of it, each with what to do
     * @throws org.jooq.exception.DataAccessException if the database cannot be asked
     */
    public DataSource dataSource(DataSource application) {
        requireRowLevelSecurity("a data source without a query layer");
        RoutingDataSource routing = DataSourceInspection.routing(application);
        if (routing == null) {
            new DatabaseCheck(schema, settings, session).run(new DataSourceConnectionProvider(application));
        }
        return session.dataSource(application, places(routing));
    }

    /**
     * Derives a context whose statements may run in a transaction that another tenant began, each as the tenant whose
     * scope is open. Without it that is refused: a transaction belongs to one tenant.
     *
     * @param dsl a context made by this boundary, or derived from one, also inside a transaction; it is not changed
     * @param reason why, for whoever reads the code; not blank
     * @return the context
     * @throws IllegalArgumentException if the reason is blank
     */
    public DSLContext tenantSwitch(DSLContext dsl, String reason) {
        return derive(dsl, TenantSwitch.KEY, new TenantSwitch(reason));
    }

    /**
     * Derives a context whose statements the query layer leaves alone, so that row-level security alone protects
     * tenants: for SQL that the query layer does not understand. Each statement leaves a
     * {@link dev.boundary.core.event.RlsOnlyAccess} event with the reason, and needs an open scope.
     *
     * @param dsl a context made by this boundary, or derived from one, also inside a transaction; it is not changed
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
}
