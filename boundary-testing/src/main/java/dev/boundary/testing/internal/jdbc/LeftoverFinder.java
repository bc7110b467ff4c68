package dev.boundary.testing.internal.jdbc;

import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Asks a connection what its next user would find. Immutable. */
final class LeftoverFinder {

    private static final SqlFile SQL = SqlFile.of(LeftoverFinder.class);

    private final String sessionVariable;

    /** What is said of each column of the query. */
    private final List<String> sentences;

    LeftoverFinder(String sessionVariable) {
        this.sessionVariable = sessionVariable;
        this.sentences = List.of(
                "the tenant %s is still set in " + sessionVariable
                        + ". Use SET LOCAL or set_config(name, value, true), which end with the transaction.",
                "temporary relations are left: %s. Create them ON COMMIT DROP, or drop them.",
                "cursors WITH HOLD are left open: %s. Close them.",
                "the connection still listens: %s. UNLISTEN before it is closed.",
                "session-level advisory locks are left: %s. Use pg_advisory_xact_lock.",
                "statements are left PREPAREd by SQL: %s. DEALLOCATE them.");
    }

    static boolean inTransaction(Connection connection) throws SQLException {
        return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
    }

    /** What is left on a connection that is in no transaction of its user's, one sentence each. */
    List<String> find(Connection connection) throws SQLException {
        List<@Nullable String> row =
                Jdbc.rows(connection, SQL.text("leftovers"), sessionVariable).getFirst();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            String value = row.get(i);
            if (value != null) {
                found.add(sentences.get(i).formatted(value));
            }
        }
        return found;
    }
}
