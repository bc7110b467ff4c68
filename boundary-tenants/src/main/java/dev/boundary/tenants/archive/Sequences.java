package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.TenantDataException;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sequences behind serial and identity columns: they give new keys, or are moved past keys that were kept. */
final class Sequences {

    /** A role that may use a sequence may not set it, but it can count on: some ten seconds for so many. */
    private static final BigInteger LONGEST_COUNT = BigInteger.valueOf(10_000_000);

    private static final int BLOCK = 1_000;

    private final Connection connection;
    private final Map<String, Deque<Long>> supply = new HashMap<>();
    private final Map<String, Extremes> kept = new TreeMap<>();

    Sequences(Connection connection) {
        this.connection = connection;
    }

    private record Extremes(long lowest, long highest) {}

    /** Found before anything is written. */
    void requireUsage(Set<String> sequences) throws SQLException {
        List<String> findings = new ArrayList<>();
        for (String sequence : sequences) {
            List<@Nullable String> row = Jdbc.rows(
                            connection,
                            "select pg_catalog.has_sequence_privilege(?::pg_catalog.regclass, 'USAGE'), current_user::text",
                            sequence)
                    .getFirst();
            if (!"t".equals(row.get(0))) {
                String role = Objects.requireNonNull(row.get(1));
                findings.add("Role " + role + " may not use sequence " + sequence + ". Run: grant usage on sequence "
                        + sequence + " to " + Quoting.identifier(role));
            }
        }
        if (!findings.isEmpty()) {
            throw new TenantDataException("Keys cannot be taken from the sequences of the tables", findings);
        }
    }

    /** A new key. {@code more} says how many will be asked for at least, this one included. */
    long next(String sequence, long more) throws SQLException {
        Deque<Long> ready = supply.computeIfAbsent(sequence, name -> new ArrayDeque<>());
        if (ready.isEmpty()) {
            for (List<@Nullable String> row : Jdbc.rows(
                    connection,
                    "select pg_catalog.nextval(?::pg_catalog.regclass) from pg_catalog.generate_series(1, ?)",
                    sequence,
                    Math.clamp(more, 1, BLOCK))) {
                ready.add(Long.valueOf(Objects.requireNonNull(row.getFirst())));
            }
        }
        return ready.remove();
    }

    void keep(String sequence, long key) {
        kept.merge(
                sequence,
                new Extremes(key, key),
                (a, b) -> new Extremes(Math.min(a.lowest(), b.lowest()), Math.max(a.highest(), b.highest())));
    }

    /** So that the next row does not get a key that was imported. Sequences do not roll back: a gap is all that is left. */
    void advance() throws SQLException {
        for (Map.Entry<String, Extremes> entry : kept.entrySet()) {
            advance(entry.getKey(), entry.getValue());
        }
    }

    private void advance(String sequence, Extremes keys) throws SQLException {
        List<@Nullable String> row = Jdbc.rows(
                        connection,
                        "select seqincrement, seqmin, seqmax, pg_catalog.has_sequence_privilege(seqrelid, 'UPDATE')"
                                + " from pg_catalog.pg_sequence where seqrelid = ?::pg_catalog.regclass",
                        sequence)
                .getFirst();
        long increment = Long.parseLong(Objects.requireNonNull(row.get(0)));
        long min = Long.parseLong(Objects.requireNonNull(row.get(1)));
        long max = Long.parseLong(Objects.requireNonNull(row.get(2)));
        long goal = increment > 0 ? keys.highest() : keys.lowest();
        if (goal < min || goal > max) {
            return; // the sequence never gets there
        }
        long now = next(sequence, 1);
        BigInteger steps =
                BigInteger.valueOf(goal).subtract(BigInteger.valueOf(now)).divide(BigInteger.valueOf(increment));
        if (steps.signum() <= 0) {
            return;
        }
        if ("t".equals(row.get(3))) {
            Jdbc.run(connection, "select pg_catalog.setval(?::pg_catalog.regclass, ?)", sequence, goal);
        } else if (steps.compareTo(LONGEST_COUNT) <= 0) {
            Jdbc.run(
                    connection,
                    "select pg_catalog.max(pg_catalog.nextval(?::pg_catalog.regclass)) from pg_catalog.generate_series(1, ?::pg_catalog.int8)",
                    sequence,
                    steps.longValueExact());
        } else {
            throw new TenantDataException("Sequence " + sequence + " is at " + now + ", keys up to " + goal
                    + " are imported, and this role cannot set the sequence. Run as its owner: select pg_catalog.setval("
                    + Quoting.literal(sequence) + ", " + goal + "), and import again.");
        }
    }
}
