package dev.boundary.rls.internal.catalog;

import java.io.Serial;

/**
 * {@code boundary.installation} cannot be read. Checked, because each caller has an exception and a remedy of its own.
 */
public final class InstallationUnavailableException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Why it cannot be read. */
    private final Reason reason;

    /** The database of the connection. */
    private final String database;

    /** The connected role. */
    private final String role;

    InstallationUnavailableException(Reason reason, String database, String role) {
        super("boundary.installation of database " + database + " is not available to role " + role + ": " + reason);
        this.reason = reason;
        this.database = database;
        this.role = role;
    }

    /** Why it cannot be read. */
    public enum Reason {
        /** The database has no schema {@code boundary}. */
        NOT_INSTALLED,
        /**
         * There is a schema {@code boundary}, but no table {@code installation} that the role has the privilege to
         * read.
         */
        NOT_READABLE,
        /** The table has no row: the installation was not finished. */
        EMPTY
    }

    /**
     * Why it cannot be read.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * The database of the connection.
     *
     * @return its name, unquoted
     */
    public String database() {
        return database;
    }

    /**
     * The connected role.
     *
     * @return its name, unquoted
     */
    public String role() {
        return role;
    }
}
