package dev.boundary.testing.internal.catalog;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A generated row, as it was inserted.
 *
 * @param table its table
 * @param tenant the key of its tenant as text, or null for a shared row
 * @param place where it is stored
 * @param values the value of every column, as PostgreSQL prints it
 * @param markers values of it that are in no other row
 */
public record GeneratedRow(
        TableName table,
        @Nullable String tenant,
        Place place,
        Map<String, @Nullable String> values,
        Set<String> markers) {

    /**
     * Where a row version is stored. An update moves the row.
     *
     * @param relation the oid of the table or partition
     * @param ctid the place in it
     */
    public record Place(long relation, String ctid) {}

    /**
     * What is stored in a place.
     *
     * @param version the row's values and the transaction that wrote them
     * @param locker the last transaction that tried to change or lock it
     */
    public record State(String version, String locker) {

        /**
         * Whether two states differ at most in who locked the row.
         *
         * @param one a state, or empty for a deleted row
         * @param other another
         * @return true if both have the same version, or both are empty
         */
        public static boolean isSameVersion(Optional<State> one, Optional<State> other) {
            return one.map(State::version).equals(other.map(State::version));
        }
    }

    /**
     * The value of a column.
     *
     * @param column its name, unquoted
     * @return the value as PostgreSQL prints it, or null
     */
    public @Nullable String get(String column) {
        return values.get(column);
    }

    /**
     * What is stored in the row's place now. It stays equal as long as no one changes, locks or deletes the row.
     *
     * @param connection a connection of a superuser
     * @return the state, or empty if the row is gone
     * @throws SQLException if it cannot be read
     */
    public Optional<State> state(Connection connection) throws SQLException {
        List<List<@Nullable String>> rows = Jdbc.rows(
                connection,
                "select xmin::text || ' ' || t::text, xmax::text from " + table.quoted()
                        + " t where tableoid = ? and ctid = cast(? as tid)",
                place.relation(),
                place.ctid());
        return rows.stream()
                .findFirst()
                .map(row -> new State(Objects.requireNonNull(row.get(0)), Objects.requireNonNull(row.get(1))));
    }

    /**
     * Deletes the row if it is still in its place, without triggers and the checks of foreign keys.
     *
     * @param connection a connection of a superuser, in a transaction
     * @throws SQLException if it cannot be deleted
     */
    public void delete(Connection connection) throws SQLException {
        Jdbc.run(connection, "set local session_replication_role = replica");
        Jdbc.run(
                connection,
                "delete from " + table.quoted() + " where tableoid = ? and ctid = cast(? as tid)",
                place.relation(),
                place.ctid());
    }
}
