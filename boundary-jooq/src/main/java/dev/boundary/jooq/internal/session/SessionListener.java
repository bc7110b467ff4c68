package dev.boundary.jooq.internal.session;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.event.Violation;
import java.sql.SQLException;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.exception.DataAccessException;

/**
 * Sees to it that each statement that jOOQ executes runs on a connection that carries the scope, and translates what
 * policies reject.
 */
final class SessionListener implements ExecuteListener {

    private static final long serialVersionUID = 1L;

    private final transient SessionSettings settings;
    private final transient SessionLayer.Rules rules;

    SessionListener(SessionSettings settings, SessionLayer.Rules rules) {
        this.settings = settings;
        this.rules = rules;
    }

    @Override
    public void prepareStart(ExecuteContext context) {
        connection(context);
    }

    @Override
    public void executeStart(ExecuteContext context) {
        connection(context).rules(rules.of(context.configuration()));
        TenantLogKey.put();
    }

    @Override
    public void executeEnd(ExecuteContext context) {
        TenantLogKey.remove();
        connection(context).rules(StatementRules.STRICT);
    }

    private static BoundConnection connection(ExecuteContext context) {
        try {
            if (context.connection().isWrapperFor(BoundConnection.class)) {
                return context.connection().unwrap(BoundConnection.class);
            }
        } catch (SQLException e) {
            throw new DataAccessException("It cannot be told whether the connection carries the tenant", e);
        }
        throw new StatementRefusedException(
                "a statement on a connection that Boundary did not provide",
                "The configuration was derived with a connection of its own, and no tenant is bound to it.",
                "Use the connection that dsl.connection(...) gives, or a context of Boundary.dsl(...).");
    }

    @Override
    public void exception(ExecuteContext context) {
        TenantLogKey.remove();
        if (context.statement() != null) { // otherwise this would take a connection
            connection(context).rules(StatementRules.STRICT);
        }
        SQLException error = context.sqlException();
        if (error == null) {
            return;
        }
        PolicyErrors.violation(error, TenantContext.current()).ifPresent(violation -> {
            settings.events().publish(new Violation(violation.scope(), violation, true));
            context.exception(violation);
        });
    }
}
