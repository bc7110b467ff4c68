package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Findings;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sequences of serial and identity columns: they give new keys, or are moved past keys that were kept. */
final class Sequences {

    private static final SqlFile SQL = SqlFile.of(Sequences.class);

    /** A role that may use a sequence may not set it, but it can draw numbers: about ten seconds for this many. */
    private static final BigInteger MAX_DRAWN = BigInteger.valueOf(10_000_000);

    private static final int BLOCK = 1_000;

    private final Connection connection;
    private final Map<String, Deque<Long>> supply = new HashMap<>();
    private final Map<String, Extremes> kept = new TreeMap<>();

    Sequences(Connection connection) {
        this.connection = connection;
    }

    /** The lowest and the highest of some keys. */
    private record Extremes(long lowest, long highest) {

        static Extremes of(long key) {
            return new Extremes(key, key);
        }

        Extremes with(long key) {
            return new Extremes(Math.min(lowest, key), Math.max(highest, key));
        }
    }

    /** How a sequence counts, and whether the role may set it. */
    private record Definition(long increment, long min, long max, boolean settable) {

        /** The key that it would reach last. */
        long last(Extremes keys) {
            return increment > 0 ? keys.highest() : keys.lowest();
        }

        boolean reaches(long key) {
            return key >= min && key <= max;
        }

        BigInteger steps(long from, long to) {
            return BigInteger.valueOf(to).subtract(BigInteger.valueOf(from)).divide(BigInteger.valueOf(increment));
        }
    }

    /** Before anything is written. */
    void requireUsage(Set<String> sequences) throws SQLException {
        Findings findings = new Findings();
        for (String sequence : sequences) {
            checkUsage(sequence, findings);
        }
        findings.requireNone("Keys cannot be taken from the sequences of the tables");
    }

    private void checkUsage(String sequence, Findings findings) throws SQLException {
        List<@Nullable String> row =
                Jdbc.rows(connection, SQL.text("usage"), sequence).getFirst();
        if (!"t".equals(row.get(0))) {
            String role = Objects.requireNonNull(row.get(1));
            findings.add("Role " + role + " may not use sequence " + sequence + ". Run: grant usage on sequence "
                    + sequence + " to " + Quoting.identifier(role));
        }
    }

    /** A new key. {@code more} is how many will be needed at least, this one included. */
    long next(String sequence, long more) throws SQLException {
        Deque<Long> ready = supply.computeIfAbsent(sequence, name -> new ArrayDeque<>());
        if (ready.isEmpty()) {
            long block = Math.clamp(more, 1, BLOCK);
            for (List<@Nullable String> row : Jdbc.rows(connection, SQL.text("next"), sequence, block)) {
                ready.add(number(row, 0));
            }
        }
        return ready.remove();
    }

    /** Notes that a key was imported as it is. */
    void keep(String sequence, long key) {
        kept.compute(sequence, (name, keys) -> keys == null ? Extremes.of(key) : keys.with(key));
    }

    /**
     * So that the next row does not get a key that was imported. Sequences do not roll back: at worst they skip
     * numbers.
     */
    void advance() throws SQLException {
        for (Map.Entry<String, Extremes> entry : kept.entrySet()) {
            Definition definition = definition(entry.getKey());
            long goal = definition.last(entry.getValue());
            if (definition.reaches(goal)) {
                advance(entry.getKey(), definition, goal);
            }
        }
    }

    private Definition definition(String sequence) throws SQLException {
        List<@Nullable String> row =
                Jdbc.rows(connection, SQL.text("definition"), sequence).getFirst();
        return new Definition(number(row, 0), number(row, 1), number(row, 2), "t".equals(row.get(3)));
    }

    private void advance(String sequence, Definition definition, long goal) throws SQLException {
        long now = next(sequence, 1);
        BigInteger steps = definition.steps(now, goal);
        if (steps.signum() > 0 && definition.settable()) {
            Jdbc.run(connection, SQL.text("set"), sequence, goal);
        } else if (steps.signum() > 0 && steps.compareTo(MAX_DRAWN) <= 0) {
            Jdbc.run(connection, SQL.text("draw"), sequence, steps.longValueExact());
        } else if (steps.signum() > 0) {
            throw tooFar(sequence, now, goal);
        }
    }

    private static TenantDataException tooFar(String sequence, long now, long goal) {
        return new TenantDataException("Sequence " + sequence + " is at " + now + ", keys up to " + goal
                + " are imported, and this role cannot set the sequence. Run as its owner: select pg_catalog.setval("
                + Quoting.literal(sequence) + ", " + goal + "), and import again.");
    }

    private static long number(List<@Nullable String> row, int column) {
        return Long.parseLong(Objects.requireNonNull(row.get(column)));
    }
}
