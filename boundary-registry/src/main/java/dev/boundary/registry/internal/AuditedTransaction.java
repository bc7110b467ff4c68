package dev.boundary.registry.internal;

import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.TenantRegistryException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Runs statements on the registry in a transaction of the caller's, and tells the audit who changes what and why. */
final class AuditedTransaction {

    private static final String SET = """
            select pg_catalog.set_config('boundary.actor', ?, true), \
            pg_catalog.set_config('boundary.reason', ?, true)""";

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
                throw new IllegalArgumentException(
                        "Tenants are changed in a transaction: switch autocommit off, and commit what was changed.");
            }
        } catch (SQLException e) {
            throw TenantReader.failed("The connection", e);
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
            throw TenantReader.failed(what, e);
        }
    }

    /** Resets actor and reason afterwards: what follows in the transaction may be another's change. */
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
        statement(SET, actor, reason).read(ResultSet::next);
    }

    RegistryStatement statement(String sql, @Nullable Object... values) {
        return RegistryStatement.of(connection, sql, values);
    }

    /** PostgreSQL has no such character, and the driver's error would not say which value holds it. */
    static void requireStorable(String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    what + " of a tenant holds the character U+0000, which PostgreSQL cannot store.");
        }
    }

    private static RuntimeException refused(String what, SQLException error) {
        String failed = what + " failed: ";
        return switch (String.valueOf(error.getSQLState())) {
            case UNIQUE ->
                new TenantRegistryException(
                        failed + "the slug has just been taken. Roll back, and choose another one.", error);
            case CHECK -> invalid(what, error);
            case FOREIGN_KEY -> new TenantRegistryException(failed + "there is no such tenant. Roll back.", error);
            case PRIVILEGE ->
                new TenantRegistryException(
                        failed + error.getMessage()
                                + ". Only the admin role writes the registry; give it a connection of that role.",
                        error);
            default -> TenantReader.failed(what, error);
        };
    }

    private static IllegalArgumentException invalid(String what, SQLException error) {
        return new IllegalArgumentException(
                what + ": the registry does not take this value (" + error.getMessage()
                        + "). Roll back, and correct it.",
                error);
    }
}
