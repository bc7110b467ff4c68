package dev.boundary.tenants.archive;

import dev.boundary.core.TenantKey;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Carriers;
import dev.boundary.tenants.internal.tables.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes of a row of the archive the row that is inserted: with the target's tenant key and, if asked for, new keys. */
final class RowRewriter {

    /** What becomes of one column's value, which is not null. */
    @FunctionalInterface
    private interface Rule {
        String apply(String value, long line) throws SQLException;
    }

    private final TableImport target;
    private final List<Rule> rules = new ArrayList<>();
    private final int tenantPosition;

    private RowRewriter(TableImport target) {
        this.target = target;
        String tenantColumn = target.table().tenantColumn();
        this.tenantPosition = tenantColumn == null ? -1 : target.position(tenantColumn);
    }

    static RowRewriter of(
            TableImport target,
            TenantKey source,
            TenantKey tenant,
            Carriers carriers,
            Optional<KeyRenewal> renewal,
            Sequences sequences) {
        RowRewriter rewriter = new RowRewriter(target);
        for (Column column : target.columns()) {
            if (carriers.has(target.table().name(), column.name())) {
                rewriter.rules.add((value, line) -> rewriter.tenant(column, value, line, source, tenant));
            } else if (renewal.isPresent()) {
                rewriter.rules.add(rewriter.renewed(column, renewal.get(), sequences));
            } else {
                rewriter.rules.add(rewriter.kept(column, sequences));
            }
        }
        return rewriter;
    }

    @Nullable
    String[] rewrite(@Nullable String[] row, long line) throws SQLException {
        @Nullable String[] rewritten = new @Nullable String[row.length];
        for (int i = 0; i < row.length; i++) {
            String value = row[i];
            if (value != null) {
                rewritten[i] = rules.get(i).apply(value, line);
            } else if (i == tenantPosition) {
                throw bad(line, "belongs to no tenant");
            }
        }
        return rewritten;
    }

    private String tenant(Column column, String value, long line, TenantKey source, TenantKey tenant) {
        if (!value.equals(source.asText())) {
            throw bad(
                    line,
                    "belongs to tenant \"" + value + "\" by column \"" + column.name()
                            + "\", and the archive is tenant " + source + "'s");
        }
        return tenant.asText();
    }

    private Rule kept(Column column, Sequences sequences) {
        String sequence = column.sequence();
        return sequence == null
                ? (value, line) -> value
                : (value, line) -> {
                    sequences.keep(sequence, number(column, value, line));
                    return value;
                };
    }

    private Rule renewed(Column column, KeyRenewal renewal, Sequences sequences) {
        Optional<KeyRenewal.Origin> found = renewal.origin(target.table(), column.name());
        if (found.isEmpty()) {
            return (value, line) -> value;
        }
        KeyRenewal.Origin origin = found.get();
        String sequence = column.sequence();
        boolean itself = renewal.renews(target.table(), column);
        if (itself && sequence != null && !isMapped(target, origin, renewal)) {
            return (value, line) ->
                    Long.toString(sequences.next(sequence, target.file().rows() - line + 1));
        }
        boolean number = renewal.columnOf(origin).sequence() != null;
        return number
                ? (value, line) -> renewedNumber(column, value, line, origin, renewal)
                : (value, line) ->
                        renewal.mayBeShared(origin) && !renewal.ownIds(origin).contains(value)
                                ? value
                                : renewal.id(value);
    }

    /** Without need a map of ten million keys is not made: for who else asks, a foreign key or a second look at a row. */
    static boolean isMapped(TableImport target, KeyRenewal.Origin origin, KeyRenewal renewal) {
        return renewal.isReferredTo(origin)
                || (target.table().primaryKey().contains(origin.column())
                        && target.table().foreignKeys().stream().anyMatch(key -> !key.deferrable()));
    }

    private String renewedNumber(Column column, String value, long line, KeyRenewal.Origin origin, KeyRenewal renewal) {
        OptionalLong key = renewal.numbers(origin).get(number(column, value, line));
        if (key.isPresent()) {
            return Long.toString(key.getAsLong());
        }
        if (renewal.mayBeShared(origin)) {
            return value;
        }
        throw bad(
                line,
                "refers by column \"" + column.name() + "\" to " + value + " in table " + origin.table()
                        + ", which is not in the archive");
    }

    private long number(Column column, String value, long line) {
        return number(target, column, value, line);
    }

    static long number(TableImport target, Column column, String value, long line) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw ArchiveReader.damaged(
                    target.file(), "line " + line + " has no whole number in column \"" + column.name() + "\"", e);
        }
    }

    private TenantDataException bad(long line, String fault) {
        return ArchiveReader.damaged(target.file(), "line " + line + " " + fault);
    }
}
