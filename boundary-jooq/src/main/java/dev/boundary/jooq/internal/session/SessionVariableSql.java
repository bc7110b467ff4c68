package dev.boundary.jooq.internal.session;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.StatementRefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PGobject;

/**
 * The SQL that gives the session variable its value, and where names lead by the search path, that path: whatever was
 * set on the connection before, or on the server connection that a pooler chose, a statement runs with both.
 */
final class SessionVariableSql {

    static final String SEARCH_PATH = "search_path";

    private static final String PLACEHOLDER = "?";

    private final BindingStrategy strategy;
    private final String variable;
    private final boolean bindsTenant;

    /** The search path of each statement; null if names carry their schema. */
    private final @Nullable String searchPath;

    private final String prefix;

    private SessionVariableSql(
            String variable, BindingStrategy strategy, boolean bindsTenant, @Nullable String searchPath) {
        this.variable = variable;
        this.strategy = strategy;
        this.bindsTenant = bindsTenant;
        this.searchPath = searchPath;
        this.prefix = settings(PLACEHOLDER, true) + ";";
    }

    /** For connections of the application role, to wherever names carry their schema. */
    static SessionVariableSql ofTenants(SessionVariable variable, BindingStrategy strategy) {
        // letters, digits, underscores and dots only: no need to escape
        return new SessionVariableSql(variable.name(), strategy, strategy != BindingStrategy.NONE, null);
    }

    /** The same with a search path. */
    SessionVariableSql withSearchPath(@Nullable String path) {
        return new SessionVariableSql(variable, strategy, bindsTenant, path);
    }

    /** The same without a tenant. */
    SessionVariableSql withoutTenant() {
        return new SessionVariableSql(variable, strategy, false, searchPath);
    }

    BindingStrategy strategy() {
        return strategy;
    }

    boolean bindsTenant() {
        return bindsTenant;
    }

    /** Whether statements are sent with a prefix. */
    boolean prefixes() {
        return switch (strategy) {
            case PREFIX -> bindsTenant || searchPath != null;
            case NONE -> searchPath != null;
            case SET_LOCAL, CHECKOUT -> false;
        };
    }

    /**
     * What each statement sends for a tenant: its key, or the search path where no tenant is bound; null for nothing.
     */
    @Nullable
    String valueFor(@Nullable String tenant) {
        return (bindsTenant || strategy == BindingStrategy.CHECKOUT) ? tenant : searchPath;
    }

    /**
     * What goes before a prepared statement. The driver sends both in one flush, and PostgreSQL runs them in one
     * transaction, so the transaction-local value covers exactly that statement. Its one placeholder comes before all
     * others.
     */
    String prefix() {
        return prefix;
    }

    /**
     * What goes before a static statement. The value is no bare literal: there are poolers that answer such a call
     * themselves, and keep its value for the session.
     */
    String prefix(String value) {
        return settings(literal(value) + "::text", true) + ";";
    }

    /** A text as the driver writes it with its values, without the prefix. */
    static String withoutPrefix(String sql) {
        boolean quoted = false;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            quoted ^= c == '\'';
            if (c == ';' && !quoted) {
                return sql.substring(i + 1);
            }
        }
        return sql;
    }

    /** Gives the placeholder of {@link #prefix()} its value. */
    static void bind(PreparedStatement statement, String value) throws SQLException {
        // A typed parameter: with stringtype=unspecified a plain string is untyped, and makes the driver describe it.
        PGobject text = new PGobject();
        text.setType("text");
        text.setValue(value);
        statement.setObject(1, text);
    }

    /** Sets the value for the rest of the open transaction, or until the next such call. */
    void setLocal(Connection raw, String value) throws SQLException {
        if (strategy == BindingStrategy.SET_LOCAL && bindsTenant) {
            try (Statement statement = raw.createStatement()) {
                statement.execute("set local \"" + variable.replace(".", "\".\"") + "\" = " + literal(value)
                        + (searchPath == null ? "" : "; select " + pathSetting(literal(searchPath) + "::text", true)));
            }
        } else {
            set(raw, value, true);
        }
    }

    /** Whether the value ends with the transaction, whoever ends it. */
    boolean isTransactionLocal() {
        return strategy != BindingStrategy.CHECKOUT;
    }

    /** The tenant in the open transaction; empty if none was set. */
    String get(Connection raw) throws SQLException {
        try (PreparedStatement statement =
                        raw.prepareStatement("select coalesce(current_setting('" + variable + "', true), '')");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    /** Sets the values for the session, until they are set again. */
    void setSession(Connection raw, String tenant) throws SQLException {
        String value = bindsTenant ? tenant : searchPath;
        if (value == null) {
            return;
        }
        set(raw, value, false);
        if (!raw.getAutoCommit()) {
            raw.commit(); // or a rollback would undo it
        }
    }

    /**
     * Requires, where the path is set for the session, that it is still what it was set to. Servers before version 18
     * do not report it: there it is set again.
     */
    void requireSearchPath(Connection raw) throws SQLException {
        if (strategy != BindingStrategy.CHECKOUT || searchPath == null) {
            return;
        }
        String reported = raw.unwrap(PGConnection.class).getParameterStatus(SEARCH_PATH);
        if (reported == null) {
            withoutTenant().set(raw, searchPath, false);
        } else if (!reported.equals(searchPath)) {
            throw new StatementRefusedException(
                    "a statement on a connection with the search_path " + reported,
                    "It was " + searchPath + " when the connection was taken, and names would lead elsewhere.",
                    "Name what is in another schema with its schema, and leave the search_path alone.");
        }
    }

    /**
     * Refuses a text that names the search path beside other statements, which would run with another one than the
     * connection's.
     *
     * @param statements how many statements are sent together with it, itself included
     */
    void refuseChangeOfPath(String sql, int statements) {
        if (searchPath != null && statements > 1 && sql.toLowerCase(Locale.ROOT).contains(SEARCH_PATH)) {
            throw new StatementRefusedException(
                    "a text that changes the search_path and has other statements",
                    "Names in them would lead elsewhere than to " + searchPath + ".",
                    "Name what is in another schema with its schema. The next statement has a path of its own even"
                            + " after a change that is sent alone.");
        }
    }

    private void set(Connection raw, String value, boolean local) throws SQLException {
        try (PreparedStatement statement = raw.prepareStatement(settings(PLACEHOLDER, local))) {
            bind(statement, value);
            statement.execute();
        }
    }

    private String settings(String value, boolean local) {
        if (!bindsTenant) {
            return "select " + pathSetting(value, local);
        }
        String tenant = "select set_config('" + variable + "', " + value + ", " + local + ")";
        return searchPath == null ? tenant : tenant + ", " + pathSetting(literal(searchPath) + "::text", local);
    }

    private static String pathSetting(String value, boolean local) {
        return "pg_catalog.set_config('" + SEARCH_PATH + "', " + value + ", " + local + ")";
    }

    // E'' means the same whatever standard_conforming_strings says.
    private static String literal(String value) {
        return "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
