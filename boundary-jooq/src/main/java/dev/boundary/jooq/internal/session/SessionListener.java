package dev.boundary.jooq.internal.session;

import dev.boundary.core.Scope;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantScope;
import dev.boundary.core.event.RlsOnlyAccess;
import dev.boundary.core.event.Violation;
import dev.boundary.jooq.internal.RlsOnly;
import dev.boundary.jooq.internal.session.StatementState.Rendering;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.Optional;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.Table;
import org.jooq.VisitListenerProvider;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that each statement that jOOQ executes was rendered with the query layer (if there is one) for the scope in
 * which it runs, and runs on a connection that carries that scope; and translates what policies reject.
 */
final class SessionListener implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    private final transient SessionSettings settings;
    private final transient SessionLayer.Rules rules;
    private final transient TenantColumns tenantColumns;
    private final transient @Nullable VisitListenerProvider queryLayer;

    SessionListener(
            SessionSettings settings,
            TenantColumns tenantColumns,
            SessionLayer.Rules rules,
            @Nullable VisitListenerProvider queryLayer) {
        this.settings = settings;
        this.tenantColumns = tenantColumns;
        this.rules = rules;
        this.queryLayer = queryLayer;
    }

    @Override
    public void renderEnd(ExecuteContext context) {
        if (queryLayer != null) {
            if (!Arrays.asList(context.configuration().visitListenerProviders()).contains(queryLayer)) {
                throw refused(withoutQueryLayer());
            }
            context.data(Rendering.class, new Rendering(TenantContext.current()));
        }
    }

    @Override
    public void prepareStart(ExecuteContext context) {
        Connection connection = context.connection();
        if (connection == null || !carriesScope(connection, BoundConnection.class)) {
            throw refused(foreignConnection());
        }
        if (namesOnly(connection) && !Boolean.FALSE.equals(context.settings().isRenderSchema())) {
            throw refused(withSchema());
        }
    }

    private static boolean namesOnly(Connection connection) {
        try {
            return connection.unwrap(BoundConnection.class).namesOnly();
        } catch (SQLException e) {
            throw cannotTell(e);
        }
    }

    @Override
    public void executeStart(ExecuteContext context) {
        StatementState statement = statement(context);
        if (queryLayer != null) {
            requireRendered(context, statement);
        }
        statement.rules(rules.of(context.configuration()));
        if (context.configuration().data(RlsOnly.KEY) instanceof RlsOnly(String reason)) {
            noteRlsOnly(context, reason);
        }
        TenantLogKey.put();
    }

    /** Outside a scope the statement is refused next; in an unscoped one row-level security does not hold it. */
    private void noteRlsOnly(ExecuteContext context, String reason) {
        if (TenantContext.current().orElse(null) instanceof TenantScope tenant) {
            String sql = String.join("; ", context.batchSQL());
            settings.events().publish(new RlsOnlyAccess(Optional.of(tenant), reason, sql));
        }
    }

    private StatementState statement(ExecuteContext context) {
        PreparedStatement statement = context.statement();
        if (statement == null || !carriesScope(statement, ScopedStatement.class)) {
            throw refused(foreignConnection());
        }
        try {
            return statement.unwrap(ScopedStatement.class).state();
        } catch (SQLException e) {
            throw cannotTell(e);
        }
    }

    /** A statement that was kept is executed again without being rendered, so it stays in its scope. */
    private void requireRendered(ExecuteContext context, StatementState statement) {
        if (context.data(Rendering.class) instanceof Rendering rendering) {
            statement.rendered(rendering);
            return;
        }
        Rendering kept = statement.rendering();
        if (kept == null) {
            throw refused(withoutQueryLayer());
        }
        Optional<Scope> scope = TenantContext.current();
        if (!kept.scope().equals(scope)) {
            throw refused(keptElsewhere(kept.scope(), scope));
        }
    }

    private static boolean carriesScope(Wrapper wrapper, Class<?> type) {
        try {
            return wrapper.isWrapperFor(type);
        } catch (SQLException e) {
            throw cannotTell(e);
        }
    }

    @Override
    public void executeEnd(ExecuteContext context) {
        TenantLogKey.remove();
    }

    @Override
    public void exception(ExecuteContext context) {
        TenantLogKey.remove();
        SQLException error = context.sqlException();
        if (error == null) {
            return;
        }
        PolicyErrors.violation(error, TenantContext.current(), () -> changedTenantColumn(context))
                .ifPresent(violation -> {
                    settings.events().publish(new Violation(violation.scope(), violation, true));
                    context.exception(violation);
                });
    }

    private Optional<Table<?>> changedTenantColumn(ExecuteContext context) {
        return context.batchMode() == ExecuteContext.BatchMode.NONE
                ? tenantColumns.changedBy(context.query())
                : tenantColumns.changedBy(context.batchQueries());
    }

    private StatementRefusedException refused(StatementRefusedException error) {
        settings.events().publish(new Violation(TenantContext.current(), error, true));
        return error;
    }

    private static DataAccessException cannotTell(SQLException cause) {
        return new DataAccessException("It cannot be told whether the statement carries the tenant", cause);
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
                "a statement of " + StatementState.name(kept) + " in " + StatementState.name(scope),
                "It was kept with keepStatement(true), and jOOQ executes it again with the tenant that the query layer"
                        + " put into it then.",
                "Close it when the scope ends, or do not keep it.");
    }
}
