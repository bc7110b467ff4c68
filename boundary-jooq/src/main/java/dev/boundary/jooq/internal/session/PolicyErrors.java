package dev.boundary.jooq.internal.session;

import dev.boundary.core.PolicyViolationException;
import dev.boundary.core.Scope;
import dev.boundary.jooq.internal.RejectedTenant;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Distinguishes errors of row-level security from other errors with the same SQLSTATE. */
final class PolicyErrors {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String NOT_NULL_VIOLATION = "23502";
    private static final String NO_TENANT = "tenant context is not set"; // raised in schema boundary

    // PostgreSQL names the table only in the message, whose language is a setting; the quotes vary with it.
    private static final Pattern QUOTED = Pattern.compile("[\"„»«]\\s*([^\"„“»«]+?)\\s*[\"“»«]");

    private PolicyErrors() {}

    /**
     * Translates the error if it is about a policy, the missing tenant, or the privilege to change a tenant column.
     *
     * @param changed finds the table whose tenant column the statement changes
     */
    static Optional<PolicyViolationException> violation(
            SQLException error, Optional<Scope> scope, Supplier<Optional<Table<?>>> changed) {
        return switch (error.getSQLState()) {
            case INSUFFICIENT_PRIVILEGE -> insufficientPrivilege(error, scope, changed);
            case RejectedTenant.SQLSTATE -> rejectedTenant(error, scope.orElse(null));
            case null, default -> Optional.empty();
        };
    }

    private static Optional<PolicyViolationException> insufficientPrivilege(
            SQLException error, Optional<Scope> scope, Supplier<Optional<Table<?>>> changed) {
        ServerErrorMessage message = message(error);
        if (message == null) {
            return Optional.empty();
        }
        // The name of the server's routine is the same in every language; without privileges it is aclcheck_error.
        return switch (message.getRoutine()) {
            case "ExecWithCheckOptions" -> Optional.of(rejectedRow(message, scope.orElse(null), error));
            case "aclcheck_error" -> changed.get().map(table -> movedRow(message, table, scope.orElse(null), error));
            case "check_enable_rls" -> Optional.of(rowSecurityOff(scope.orElse(null), error));
            case String raise
            when raise.equals("exec_stmt_raise") && NO_TENANT.equals(message.getMessage()) ->
                Optional.of(raised(message, scope.orElse(null), error));
            case null, default -> Optional.empty();
        };
    }

    /** What the server said, also if the error is that of a batch around it. */
    private static @Nullable ServerErrorMessage message(SQLException error) {
        for (Throwable cause : error) {
            if (cause instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
                return postgres.getServerErrorMessage();
            }
        }
        return null;
    }

    private static Optional<PolicyViolationException> rejectedTenant(SQLException error, @Nullable Scope scope) {
        ServerErrorMessage message = message(error);
        String text = message == null ? null : message.getMessage();
        if (text == null || !text.contains(RejectedTenant.TEXT)) {
            return Optional.empty();
        }
        return Optional.of(new PolicyViolationException(
                "The statement computes a tenant that is not that of the scope, which is "
                        + (scope == null ? "none" : scope) + "; PostgreSQL says: " + text
                        + ". Leave the tenant column out and it is filled in; shared rows are written in"
                        + " TenantContext.unscoped(\"the reason\").",
                null,
                scope,
                error));
    }

    private static PolicyViolationException rejectedRow(
            ServerErrorMessage message, @Nullable Scope scope, SQLException error) {
        String table = lastQuoted(message);
        return new PolicyViolationException(
                "A policy rejected a row for table " + (table == null ? "(unknown)" : table)
                        + ", and the open scope is "
                        + (scope == null ? "none" : scope)
                        + ". The row belongs to another tenant, or refers to a row that does not exist or belongs to"
                        + " another tenant; PostgreSQL says: "
                        + message.getMessage() + ". Write it in the scope of its own tenant.",
                table,
                scope,
                error);
    }

    /**
     * Translates the error that PostgreSQL raises for a child whose parent the query layer did not find among the
     * tenant's rows.
     */
    static Optional<PolicyViolationException> missingParent(
            SQLException error, Optional<Scope> scope, ParentReferences references) {
        ServerErrorMessage message = message(error);
        return NOT_NULL_VIOLATION.equals(error.getSQLState()) && message != null && references.contains(message)
                ? Optional.of(missingParent(message, scope.orElse(null), error))
                : Optional.empty();
    }

    private static PolicyViolationException missingParent(
            ServerErrorMessage message, @Nullable Scope scope, SQLException error) {
        return new PolicyViolationException(
                "The row that " + message.getColumn() + " of table " + message.getTable()
                        + " references does not exist or belongs to another tenant, or the statement writes null; the"
                        + " open scope is " + (scope == null ? "none" : scope)
                        + ". Reference a row of the scope's tenant.",
                message.getTable(),
                scope,
                error);
    }

    private static PolicyViolationException movedRow(
            ServerErrorMessage message, Table<?> table, @Nullable Scope scope, SQLException error) {
        String name = table.getName();
        return new PolicyViolationException(
                "The tenant column of table " + name
                        + " would have been changed, and this role lacks the privilege: a row"
                        + " stays with its tenant. The open scope is " + (scope == null ? "none" : scope)
                        + "; PostgreSQL says: " + message.getMessage()
                        + ". Leave the column out; to give a row to another tenant use TenantContext.unscoped(...).",
                name,
                scope,
                error);
    }

    private static PolicyViolationException rowSecurityOff(@Nullable Scope scope, SQLException error) {
        return new PolicyViolationException(
                "The setting row_security is off on this connection, and PostgreSQL refuses to read a protected table"
                        + " without its policies. Remove the setting from the role and the connection's options.",
                null,
                scope,
                error);
    }

    private static PolicyViolationException raised(
            ServerErrorMessage message, @Nullable Scope scope, SQLException error) {
        return new PolicyViolationException(
                "PostgreSQL rejected the statement: " + message.getMessage() + ". The open scope is "
                        + (scope == null ? "none: run it in TenantContext.where(tenant)" : scope.toString()) + ".",
                null,
                scope,
                error);
    }

    private static @Nullable String lastQuoted(ServerErrorMessage message) {
        List<String> names = message.getMessage() == null
                ? List.of()
                : QUOTED.matcher(message.getMessage())
                        .results()
                        .map(m -> m.group(1))
                        .toList();
        return names.isEmpty() ? null : names.getLast();
    }
}
