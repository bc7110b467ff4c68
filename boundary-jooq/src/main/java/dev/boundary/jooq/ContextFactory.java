package dev.boundary.jooq;

import dev.boundary.core.TenantContext;
import dev.boundary.core.routing.RoutingDataSource;
import dev.boundary.jooq.internal.DiscardingMap;
import dev.boundary.jooq.internal.Reactive;
import dev.boundary.jooq.internal.session.DataSourceInspection;
import dev.boundary.jooq.internal.session.PlaceVerifiers;
import dev.boundary.jooq.internal.session.SessionLayer;
import dev.boundary.jooq.internal.startup.DatabaseCheck;
import dev.boundary.jooq.schema.TenantSchema;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.ExecutorProvider;
import org.jooq.SQLDialect;
import org.jooq.VisitListenerProvider;
import org.jooq.conf.Settings;
import org.jooq.impl.CacheType;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.ThreadLocalTransactionProvider;
import org.jspecify.annotations.Nullable;

/**
 * Creates jOOQ contexts and data sources with both layers, after it has checked the database.
 *
 * @param schema which tables belong to tenants
 * @param session binds the tenant
 * @param queryLayer rewrites statements; null if this layer is off
 * @param databaseCheck asks a database whether it keeps tenants apart
 * @param rls whether row-level security is relied upon
 */
record ContextFactory(
        TenantSchema schema,
        SessionLayer session,
        @Nullable VisitListenerProvider queryLayer,
        DatabaseCheck databaseCheck,
        boolean rls) {

    /** The configuration of a context on a data source that has no other settings. */
    Configuration configuration(DataSource application) {
        Configuration base =
                new DefaultConfiguration().set(SQLDialect.POSTGRES).set(new DataSourceConnectionProvider(application));
        return hasOwnSchemas(DataSourceInspection.routing(application))
                ? base.deriveSettings(settings -> settings.withRenderSchema(false))
                : base;
    }

    DSLContext dsl(Configuration base) {
        requireJdbcOnPostgres(base);
        ConnectionProvider application = base.connectionProvider();
        RoutingDataSource routing = DataSourceInspection.routing(application);
        check(base, routing);
        Configuration derived = base.deriveSettings(settings -> settings.withCacheParsingConnection(false));
        derived.data(CacheType.CACHE_PARSING_CONNECTION, new DiscardingMap());
        if (base.transactionProvider() instanceof ThreadLocalTransactionProvider) {
            requireBound(application); // jOOQ takes its connections, and no others
        } else {
            derived.set(session.connections(application, verifiers(routing, base.settings())));
        }
        ExecutorProvider executors = base.executorProvider();
        derived.set((ExecutorProvider) () -> TenantContext.wrap(executors.provide()));
        derived.setAppending(session.listeners(schema, queryLayer));
        if (queryLayer != null) {
            derived.setAppending(queryLayer);
        }
        return DSL.using(derived);
    }

    DataSource dataSource(DataSource application) {
        RoutingDataSource routing = DataSourceInspection.routing(application);
        Settings settings = configuration(application).settings();
        if (routing == null) {
            databaseCheck.run(new DataSourceConnectionProvider(application), settings);
        }
        return session.dataSource(application, verifiers(routing, settings));
    }

    private static void requireJdbcOnPostgres(Configuration base) {
        if (base.family() != SQLDialect.POSTGRES) {
            throw new IllegalArgumentException("Boundary works with the dialect POSTGRES, and the configuration has "
                    + base.dialect() + ". Set it: configuration.set(SQLDialect.POSTGRES).");
        }
        if (Reactive.isConfigured(base)) {
            throw new IllegalArgumentException("Boundary works with JDBC, and the configuration has an R2DBC"
                    + " ConnectionFactory, whose connections would carry no tenant. Leave it out.");
        }
    }

    private static void requireBound(ConnectionProvider transactional) {
        if (!DataSourceInspection.givesBound(transactional)) {
            throw new IllegalArgumentException("The configuration has a ThreadLocalTransactionProvider, whose"
                    + " connections carry no tenant. Create it with new DataSourceConnectionProvider("
                    + "boundary.dataSource(pool)).");
        }
    }

    /** The places of a routing data source are verified by the session layer, each before its first use. */
    private void check(Configuration base, @Nullable RoutingDataSource routing) {
        if (routing == null && rls) {
            databaseCheck.run(base.connectionProvider(), base.settings());
        }
        if (hasOwnSchemas(routing) && !Boolean.FALSE.equals(base.settings().isRenderSchema())) {
            throw new IllegalArgumentException("Tenants may have schemas of their own, and the settings of the"
                    + " configuration let statements name the shared tables by their schema. Set"
                    + " settings.withRenderSchema(false). A RenderMapping does not work: it names one schema for all"
                    + " tenants.");
        }
    }

    private PlaceVerifiers verifiers(@Nullable RoutingDataSource routing, Settings rendering) {
        return databaseCheck.ofPlaces(hasOwnSchemas(routing), rendering, rls);
    }

    private static boolean hasOwnSchemas(@Nullable RoutingDataSource routing) {
        return routing != null && routing.hasOwnSchemas();
    }
}
