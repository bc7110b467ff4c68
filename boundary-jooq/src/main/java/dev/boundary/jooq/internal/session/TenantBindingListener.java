package dev.boundary.jooq.internal.session;

import dev.boundary.core.PolicyViolationException;
import dev.boundary.core.Scope;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.jooq.internal.RlsOnly;
import dev.boundary.jooq.internal.ValueChecks;
import dev.boundary.jooq.internal.session.StatementContext.Rendering;
import dev.boundary.jooq.schema.TenantSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.Optional;
import org.jooq.Configuration;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteContext.BatchMode;
import org.jooq.ExecuteListener;
import org.jooq.Table;
import org.jooq.VisitListenerProvider;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Ensures that each statement that jOOQ executes was rendered with the query layer (if there is one) for the scope
 * in which it runs, and runs on a connection that carries that scope; and translates what policies reject.
 */
final class TenantBindingListener implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    private final transient SessionSettings settings;
    private final transient TenantColumnChanges tenantColumns;
    private final transient ParentReferences parents;
    private final transient @Nullable VisitListenerProvider queryLayer;
    private final transient RunningQueries queries = new RunningQueries();

    TenantBindingListener(SessionSettings settings, TenantSchema schema, @Nullable VisitListenerProvider queryLayer) {
        this.settings = settings;
        this.tenantColumns = new TenantColumnChanges(schema);
        this.parents = new ParentReferences(schema);
        this.queryLayer = queryLayer;
    }

    @Override
    public void start(ExecuteContext context) {
        Optional<Scope> scope = TenantContext.current();
        try {
            queries.begin(context, scope);
        } catch (StatementRefusedException e) {
            throw refused(scope, e);
        }
    }

    @Override
    public void end(ExecuteContext context) {
        queries.end(context);
    }

    @Override
    public void renderEnd(ExecuteContext context) {
        if (queryLayer != null) {
            Optional<Scope> scope = TenantContext.current();
            Configuration configuration = context.configuration();
            if (!Arrays.asList(configuration.visitListenerProviders()).contains(queryLayer)) {
                throw refused(scope, withoutQueryLayer());
            }
            Rendering rendering = configuration.data(RlsOnly.KEY) == null ? Rendering.REWRITTEN : Rendering.LEFT_TO_RLS;
            context.data(StatementContext.class, statement(scope, rendering, configuration, ValueChecks.of(context)));
        }
    }

    private StatementContext statement(
            Optional<Scope> scope, Rendering rendering, Configuration configuration, @Nullable ValueChecks values) {
        boolean mayLackScope = rendering == Rendering.REWRITTEN || settings.relaxed();
        return new StatementContext(
                scope,
                rendering,
                mayLackScope ? MissingScope.BIND_EMPTY : MissingScope.REFUSE,
                configuration.data(TenantSwitch.KEY) != null,
                values);
    }

    @Override
    public void prepareStart(ExecuteContext context) {
        Connection connection = context.connection();
        if (connection == null || !isBound(connection, BoundConnection.class)) {
            throw refused(TenantContext.current(), foreignConnection());
        }
        if (unwrap(connection, BoundConnection.class).namesOnly()
                && !Boolean.FALSE.equals(context.settings().isRenderSchema())) {
            throw refused(TenantContext.current(), withSchema());
        }
    }

    @Override
    public void executeStart(ExecuteContext context) {
        Optional<Scope> scope = TenantContext.current();
        StatementExecution execution = execution(context, scope);
        execution.announce(
                queryLayer == null
                        ? statement(scope, Rendering.UNSEEN, context.configuration(), null)
                        : rendered(context, execution.last(), scope));
        if (context.configuration().data(RlsOnly.KEY) instanceof RlsOnly(String reason)) {
            reportRlsOnly(context, scope, reason);
        }
        TenantMdc.put(scope);
    }

    private StatementExecution execution(ExecuteContext context, Optional<Scope> scope) {
        PreparedStatement statement = context.statement();
        if (statement == null || !isBound(statement, ScopedStatement.class)) {
            throw refused(scope, foreignConnection());
        }
        return unwrap(statement, ScopedStatement.class).execution();
    }

    /** What the statement was rendered for, which must be the scope in which it runs: its SQL names the tenant. */
    private StatementContext rendered(ExecuteContext context, @Nullable StatementContext last, Optional<Scope> scope) {
        if (context.data(StatementContext.class) instanceof StatementContext rendered) {
            return requireScope(rendered, scope);
        }
        if (isEmptyBatch(context)) {
            return statement(scope, Rendering.REWRITTEN, context.configuration(), null); // nothing is sent
        }
        if (last == null || last.rendering() == Rendering.UNSEEN) {
            throw refused(scope, withoutQueryLayer());
        }
        return executedAgain(requireScope(last, scope), context.configuration());
    }

    private static boolean isEmptyBatch(ExecuteContext context) {
        return context.batchMode() == BatchMode.MULTIPLE && context.batchQueries().length == 0;
    }

    /** A kept statement is not rendered again; its values, and what its configuration allows, may have changed. */
    private StatementContext executedAgain(StatementContext kept, Configuration configuration) {
        ValueChecks values = kept.values();
        if (values != null) {
            values.repeat();
        }
        return statement(kept.scope(), kept.rendering(), configuration, values);
    }

    private StatementContext requireScope(StatementContext rendered, Optional<Scope> scope) {
        if (!rendered.scope().equals(scope)) {
            throw refused(scope, keptElsewhere(rendered.scope(), scope));
        }
        return rendered;
    }

    /** Outside a scope the statement is refused next; in an unscoped one row-level security does not restrict it. */
    private void reportRlsOnly(ExecuteContext context, Optional<Scope> scope, String reason) {
        if (scope.orElse(null) instanceof TenantScope tenant) {
            settings.reporter().rlsOnlyAccess(tenant, reason, String.join("; ", context.batchSQL()));
        }
    }

    @Override
    public void executeEnd(ExecuteContext context) {
        TenantMdc.remove();
    }

    @Override
    public void exception(ExecuteContext context) {
        TenantMdc.remove();
        SQLException error = context.sqlException();
        if (error != null) {
            violation(context, error)
                    .ifPresent(violation ->
                            context.exception(settings.reporter().violation(violation.scope(), violation)));
        }
    }

    private Optional<PolicyViolationException> violation(ExecuteContext context, SQLException error) {
        Optional<Scope> scope = TenantContext.current();
        boolean rewritten =
                context.data(StatementContext.class) instanceof StatementContext statement && statement.isRewritten();
        return PolicyErrors.violation(error, scope, () -> changedTenantColumn(context))
                .or(() -> rewritten ? PolicyErrors.missingParent(error, scope, parents) : Optional.empty());
    }

    private Optional<Table<?>> changedTenantColumn(ExecuteContext context) {
        return context.batchMode() == BatchMode.NONE
                ? tenantColumns.changedBy(context.query())
                : tenantColumns.changedBy(context.batchQueries());
    }

    private static boolean isBound(Wrapper wrapper, Class<?> type) {
        try {
            return wrapper.isWrapperFor(type);
        } catch (SQLException e) {
            throw undetermined(e);
        }
    }

    private static <T> T unwrap(Wrapper wrapper, Class<T> type) {
        try {
            return wrapper.unwrap(type);
        } catch (SQLException e) {
            throw undetermined(e);
        }
    }

    private static DataAccessException undetermined(SQLException cause) {
        return new DataAccessException("Cannot determine whether the statement carries the tenant", cause);
    }

    private StatementRefusedException refused(Optional<Scope> scope, StatementRefusedException error) {
        return settings.reporter().violation(scope, error);
    }

    private static StatementRefusedException foreignConnection() {
        return new StatementRefusedException(
                "a statement on a connection that Boundary did not provide",
                "The configuration was derived with a connection of its own, and no tenant is bound to it.",
                "Use the connection that dsl.connection(...) gives, or a context of Boundary.dsl(...).");
    }

    private static StatementRefusedException withSchema() {
        return new StatementRefusedException(
                "a statement that names tables with their schema",
                "Tenants may have schemas of their own here, and the statement would go to the shared tables.",
                "Leave renderSchema(false) in the settings of derived configurations.");
    }

    private static StatementRefusedException withoutQueryLayer() {
        return new StatementRefusedException(
                "a statement that was rendered without the query layer",
                "The visit listeners of its configuration were replaced, and the query layer is one of them.",
                "Add your own with configuration.deriveAppending(...) or setAppending(...); to leave a statement to"
                        + " row-level security alone use boundary.rlsOnly(dsl, \"the reason\").");
    }

    private static StatementRefusedException keptElsewhere(Optional<Scope> kept, Optional<Scope> scope) {
        return new StatementRefusedException(
                "a statement of " + StatementContext.name(kept) + " in " + StatementContext.name(scope),
                "It was kept with keepStatement(true), and jOOQ executes it again with the tenant that the query layer"
                        + " put into it then.",
                "Close it when the scope ends, or do not keep it.");
    }
}
