package dev.boundary.jooq.internal.session;

import dev.boundary.core.SessionVariable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.util.PGobject;

/** The SQL that gives the session variable its value. */
final class SessionVariableSql {

    private final BindingStrategy strategy;
    private final String variable;
    private final String prefix;

    SessionVariableSql(SessionVariable variable, BindingStrategy strategy) {
        this.strategy = strategy;
        this.variable = variable.name(); // letters, digits, underscores and dots only: no need to escape
        this.prefix = "select set_config('" + this.variable + "', ?, true);";
    }

    BindingStrategy strategy() {
        return strategy;
    }

    /**
     * What goes before a prepared statement. The driver sends both in one flush, and PostgreSQL runs them in one
     * transaction, so the transaction-local value covers exactly that statement. Its one placeholder comes before all
     * others.
     */
    String prefix() {
        return prefix;
    }

    /** What goes before a static statement. */
    String prefix(String tenant) {
        return "select set_config('" + variable + "', " + literal(tenant) + ", true);";
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
    static void bind(PreparedStatement statement, String tenant) throws SQLException {
        // A typed parameter: with stringtype=unspecified a plain string is untyped, and makes the driver describe it.
        PGobject value = new PGobject();
        value.setType("text");
        value.setValue(tenant);
        statement.setObject(1, value);
    }

    /** Sets the value for the rest of the open transaction, or until the next such call. */
    void setLocal(Connection raw, String tenant) throws SQLException {
        if (strategy == BindingStrategy.SET_LOCAL) {
            try (Statement statement = raw.createStatement()) {
                statement.execute("set local \"" + variable.replace(".", "\".\"") + "\" = " + literal(tenant));
            }
        } else {
            setConfig(raw, tenant, true);
        }
    }

    /** Whether the value ends with the transaction, whoever ends it. */
    boolean isTransactionLocal() {
        return strategy != BindingStrategy.CHECKOUT;
    }

    /** The value in the open transaction; empty if none was set. */
    String get(Connection raw) throws SQLException {
        try (PreparedStatement statement =
                        raw.prepareStatement("select coalesce(current_setting('" + variable + "', true), '')");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    /** Sets the value for the session, until it is set again. */
    void setSession(Connection raw, String tenant) throws SQLException {
        setConfig(raw, tenant, false);
        if (!raw.getAutoCommit()) {
            raw.commit(); // or a rollback would undo it
        }
    }

    private void setConfig(Connection raw, String tenant, boolean local) throws SQLException {
        try (PreparedStatement statement =
                raw.prepareStatement("select set_config('" + variable + "', ?, " + local + ")")) {
            bind(statement, tenant);
            statement.execute();
        }
    }

    // E'' means the same whatever standard_conforming_strings says.
    private static String literal(String tenant) {
        return "E'" + tenant.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
