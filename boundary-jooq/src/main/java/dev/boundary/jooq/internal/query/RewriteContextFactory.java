package dev.boundary.jooq.internal.query;

import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.Scope.UnscopedScope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.jooq.internal.Reactive;
import dev.boundary.jooq.internal.RlsOnly;
import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import java.util.Optional;
import org.jooq.Configuration;
import org.jooq.ExecuteContext;
import org.jooq.Param;
import org.jooq.VisitContext;
import org.jspecify.annotations.Nullable;

/** Decides what is to be done in a rendering, by the scope and the configuration. Safe for use by several threads. */
final class RewriteContextFactory {

    private final MappedTableNames tables;
    private final AllowedFunctions functions;
    private final QueryLayerSettings settings;
    private final EventPublisher events;

    RewriteContextFactory(
            MappedTableNames tables, AllowedFunctions functions, QueryLayerSettings settings, EventPublisher events) {
        this.tables = tables;
        this.functions = functions;
        this.settings = settings;
        this.events = events;
    }

    /** What a rendering that begins needs; null if there is nothing to do in it. */
    @Nullable
    RewriteContext create(VisitContext visit) {
        Optional<Scope> scope = TenantContext.current();
        Refusals refusals = new Refusals(scope, settings, events, visit);
        if (Reactive.isConfigured(visit.configuration())) {
            refuseReactive(refusals);
        }
        if (scope.orElse(null) instanceof UnscopedScope || isLeftToRls(visit.configuration())) {
            return null;
        }
        return create(visit, tenant(scope), refusals);
    }

    private static void refuseReactive(Refusals refusals) {
        refusals.refuse(
                "a statement by R2DBC",
                "jOOQ would send it on a connection that carries no tenant.",
                "Use a configuration without a ConnectionFactory.");
    }

    private boolean isLeftToRls(Configuration configuration) {
        return configuration.data(RlsOnly.KEY) instanceof RlsOnly && settings.rlsPresent();
    }

    private RewriteContext create(VisitContext visit, @Nullable TenantKey tenant, Refusals refusals) {
        ExecuteContext execution = visit.context().executeContext();
        BindPositions positions = new BindPositions(visit.queryPart(), execution);
        return new RewriteContext(
                visit.configuration(),
                tables,
                functions,
                new Predicates(tables.unmapped(), tenant, positions.areFixed()),
                refusals,
                tenant,
                settings.strict(),
                BoundValues.of(execution, positions));
    }

    private static @Nullable TenantKey tenant(Optional<Scope> scope) {
        return scope.orElse(null) instanceof TenantScope open ? open.tenant() : null;
    }

    /** Checks a value that is bound in a batch; jOOQ also announces values that it only looks for. */
    void checkBound(VisitContext visit, Param<?> param) {
        if (visit.bindContext() == null || param.getValue() == null) {
            return;
        }
        Classified table = BatchPlaceholders.table(
                visit.context().executeContext(), visit.context().peekIndex());
        Optional<Scope> scope = TenantContext.current();
        TenantKey tenant = tenant(scope);
        if (table != null && tenant != null) {
            new TenantKeyCheck(tenant, new Refusals(scope, settings, events, visit)).refuseForeign(table, param);
        }
    }
}
