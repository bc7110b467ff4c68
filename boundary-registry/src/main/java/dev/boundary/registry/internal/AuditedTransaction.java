package dev.boundary.registry.internal;

import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.TenantRegistryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Statements on the registry in a transaction of somebody's, of which the audit knows who and why. */
final class AuditedTransaction {

    private static final String SET = "select pg_catalog.set_config('boundary.actor', ?, true),"
            + " pg_catalog.set_config('boundary.reason', ?, true)";

    /** SQLSTATE unique_violation, check_violation, foreign_key_violation and insufficient_privilege. */
    private static final String UNIQUE = "23505";

    private static final String CHECK = "23514";
    private static final String FOREIGN_KEY = "23503";
    private static final String PRIVILEGE = "42501";

    private final Connection connection;

    private AuditedTransaction(Connection connection) {
        this.connection = connection;
    }

    static AuditedTransaction on(Connection transaction) {
        try {
            if (transaction.getAutoCommit()) {
                throw new IllegalArgumentException("Tenants are changed in a transaction: switch autocommit off, and"
                        + " commit what was changed.");
            }
        } catch (SQLException e) {
            throw TenantRows.failed("The connection", e);
        }
        return new AuditedTransaction(transaction);
    }

    @FunctionalInterface
    interface Work<T> {
        T run() throws SQLException;
    }

    <T> T read(String what, Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw TenantRows.failed(what, e);
        }
    }

    /** Who and why must not be taken for those of what follows in the transaction. */
    <T> T write(String what, Change change, Work<T> work) {
        try {
            set(change.actor(), change.reason());
            T result = work.run();
            set("", "");
            return result;
        } catch (SQLException e) {
            throw refused(what, e);
        }
    }

    private void set(String actor, String reason) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SET)) {
            statement.setString(1, actor);
            statement.setString(2, reason);
            statement.execute();
        }
    }

    private static RuntimeException refused(String what, SQLException error) {
        return switch (String.valueOf(error.getSQLState())) {
            case UNIQUE ->
                new TenantRegistryException(
                        what + " failed: the slug has just been taken. Roll back, and choose another one.", error);
            case CHECK ->
                new IllegalArgumentException(
                        what + ": the registry does not take this value (" + error.getMessage()
                                + "). Roll back, and correct it.",
                        error);
            case FOREIGN_KEY ->
                new TenantRegistryException(what + " failed: there is no such tenant. Roll back.", error);
            case PRIVILEGE ->
                new TenantRegistryException(
                        what + " failed: " + error.getMessage()
                                + ". Only the admin role writes the registry; give it a connection of that role.",
                        error);
            default -> TenantRows.failed(what, error);
        };
    }
}
