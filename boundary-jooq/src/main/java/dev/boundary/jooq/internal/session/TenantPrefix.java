package dev.boundary.jooq.internal.session;

import dev.boundary.core.SessionVariable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.util.PGobject;

/**
 * The SQL that goes before a statement and binds the tenant to it. The driver sends both in one flush, and PostgreSQL
 * runs them in one transaction, so the transaction-local value covers exactly that statement.
 */
final class TenantPrefix {

    private final String variable;
    private final String prepared;

    TenantPrefix(SessionVariable variable) {
        this.variable = variable.name(); // letters, digits, underscores and dots only: no need to escape
        this.prepared = "select set_config('" + this.variable + "', ?, true); ";
    }

    /** The prefix of a prepared statement; its one placeholder comes before all others. */
    String prepared() {
        return prepared;
    }

    /** The prefix of a static statement. */
    String inlined(String tenant) {
        return "select set_config('" + variable + "', " + literal(tenant) + ", true); ";
    }

    /** Gives the placeholder of {@link #prepared()} its value. */
    static void bind(PreparedStatement statement, String tenant) throws SQLException {
        // A typed parameter: with stringtype=unspecified a plain string is untyped, and makes the driver describe it.
        PGobject value = new PGobject();
        value.setType("text");
        value.setValue(tenant);
        statement.setObject(1, value);
    }

    // E'' means the same whatever standard_conforming_strings says.
    private static String literal(String tenant) {
        return "E'" + tenant.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
