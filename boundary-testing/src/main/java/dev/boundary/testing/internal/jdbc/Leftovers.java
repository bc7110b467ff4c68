package dev.boundary.testing.internal.jdbc;

import dev.boundary.rls.internal.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Asks a connection what the next user of it would find. */
final class Leftovers {

    private Leftovers() {}

    static boolean inTransaction(Connection connection) throws SQLException {
        return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
    }

    /** What is left on a connection that is in no transaction of its user's. */
    static List<String> find(Connection connection, String sessionVariable) throws SQLException {
        List<@Nullable String> row = Jdbc.rows(connection, """
                        select nullif(pg_catalog.current_setting(?, true), ''),
                          (select pg_catalog.string_agg(relname, ', ') from pg_catalog.pg_class
                           where relnamespace = pg_catalog.pg_my_temp_schema() and relkind in ('r', 'p', 'v', 'S')),
                          (select pg_catalog.string_agg(name, ', ') from pg_catalog.pg_cursors where is_holdable),
                          (select pg_catalog.string_agg(channel, ', ') from pg_catalog.pg_listening_channels() channel),
                          (select pg_catalog.count(*) from pg_catalog.pg_locks
                           where locktype = 'advisory' and pid = pg_catalog.pg_backend_pid()),
                          (select pg_catalog.string_agg(name, ', ') from pg_catalog.pg_prepared_statements
                           where from_sql)
                        """, sessionVariable).getFirst();
        List<String> found = new ArrayList<>();
        add(
                found,
                row.get(0),
                "the tenant %s is still set in " + sessionVariable
                        + ". Use SET LOCAL or set_config(name, value, true), which end with the transaction.");
        add(found, row.get(1), "temporary relations are left: %s. Create them ON COMMIT DROP, or drop them.");
        add(found, row.get(2), "cursors WITH HOLD are left open: %s. Close them.");
        add(found, row.get(3), "the connection still listens: %s. UNLISTEN before it is closed.");
        String locks = Objects.requireNonNull(row.get(4));
        add(
                found,
                locks.equals("0") ? null : locks,
                "session-level advisory locks are left: %s. Use pg_advisory_xact_lock.");
        add(found, row.get(5), "statements are left PREPAREd by SQL: %s. DEALLOCATE them.");
        return found;
    }

    private static void add(List<String> found, @Nullable String value, String sentence) {
        if (value != null) {
            found.add(sentence.formatted(value));
        }
    }
}
