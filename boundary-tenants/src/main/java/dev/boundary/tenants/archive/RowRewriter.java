package dev.boundary.tenants.archive;

import dev.boundary.rls.internal.catalog.CatalogColumn;
import dev.boundary.tenants.TenantDataException;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Turns a row of the archive into the row to insert: with the target's tenant key and, on request, new keys. */
final class RowRewriter {

    /** What becomes of a column's value, which is not null. */
    @FunctionalInterface
    private interface Rule {
        String apply(String value, long line) throws SQLException;
    }

    private final TableImport target;
    private final RowRewriteContext context;
    private final List<Rule> rules;
    private final int tenantPosition;

    RowRewriter(TableImport target, RowRewriteContext context) {
        this.target = target;
        this.context = context;
        String tenantColumn = target.table().tenantColumn();
        this.tenantPosition = tenantColumn == null ? -1 : target.position(tenantColumn);
        this.rules = target.columns().stream().map(this::rule).toList();
    }

    @Nullable
    String[] rewrite(@Nullable String[] row, long line) throws SQLException {
        @Nullable String[] rewritten = new @Nullable String[row.length];
        for (int i = 0; i < row.length; i++) {
            String value = row[i];
            if (value != null) {
                rewritten[i] = rules.get(i).apply(value, line);
            } else if (i == tenantPosition) {
                throw bad(line, "has no tenant");
            }
        }
        return rewritten;
    }

    private Rule rule(CatalogColumn column) {
        if (context.keyColumns().contains(target.table().name(), column.name())) {
            return (value, line) -> tenant(column, value, line);
        }
        return context.renewal().map(renewal -> renewed(column, renewal)).orElseGet(() -> kept(column));
    }

    private String tenant(CatalogColumn column, String value, long line) {
        if (!value.equals(context.source().asText())) {
            throw bad(
                    line,
                    "belongs to tenant \"" + value + "\" by column \"" + column.name()
                            + "\", and the archive is tenant " + context.source() + "'s");
        }
        return context.tenant().asText();
    }

    private Rule kept(CatalogColumn column) {
        String sequence = column.sequence();
        return sequence == null
                ? (value, line) -> value
                : (value, line) -> {
                    context.sequences().keep(sequence, target.number(column, value, line));
                    return value;
                };
    }

    private Rule renewed(CatalogColumn column, KeyRenewal renewal) {
        return renewal.origin(target.table(), column.name())
                .map(origin -> renewed(column, renewal, origin))
                .orElse((value, line) -> value);
    }

    private Rule renewed(CatalogColumn column, KeyRenewal renewal, KeyRenewal.Origin origin) {
        String sequence = column.sequence();
        if (sequence != null && renewal.renews(target.table(), column) && !renewal.isMapped(target.table(), origin)) {
            return (value, line) -> Long.toString(context.sequences().next(sequence, target.rowsFrom(line)));
        }
        return renewal.columnOf(origin).sequence() == null
                ? (value, line) -> renewal.id(origin, value)
                : (value, line) -> renewedNumber(column, value, line, origin, renewal);
    }

    private String renewedNumber(
            CatalogColumn column, String value, long line, KeyRenewal.Origin origin, KeyRenewal renewal) {
        OptionalLong key = renewal.numbers(origin).get(target.number(column, value, line));
        if (key.isEmpty() && !renewal.mayBeShared(origin)) {
            throw bad(
                    line,
                    "refers by column \"" + column.name() + "\" to " + value + " in table " + origin.table()
                            + ", which is not in the archive");
        }
        return key.isPresent() ? Long.toString(key.getAsLong()) : value;
    }

    private TenantDataException bad(long line, String fault) {
        return DamagedArchive.line(target.file(), line, fault);
    }
}
