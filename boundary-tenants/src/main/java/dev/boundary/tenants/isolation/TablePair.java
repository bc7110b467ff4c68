package dev.boundary.tenants.isolation;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.tenants.internal.tables.Column;
import dev.boundary.tenants.internal.tables.ForeignKey;
import dev.boundary.tenants.internal.tables.TenantTable;
import dev.boundary.tenants.internal.tables.TenantTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A shared table, and the one of the same name in a tenant's own schema.
 *
 * @param tables all tables of the database
 * @param originals the shared one
 * @param copies the tenant's own
 * @param tenant the tenant
 */
record TablePair(TenantTables tables, TenantTable originals, TenantTable copies, TenantKey tenant) {

    private static final String ROW = "boundary_t";

    /** The pairs in an order in which rows can be inserted. */
    static List<TablePair> all(TenantTables tables, String source, String target, TenantKey tenant) {
        List<TablePair> pairs = new ArrayList<>();
        for (TenantTable table : tables.inOrder()) {
            if (table.name().schema().equals(source)) {
                TableName name = new TableName(target, table.name().table());
                TenantTable copies = tables.find(name)
                        .orElseThrow(
                                () -> new IsolationException("There is no protected table " + name + " for the rows of "
                                        + table.name() + ". Migrate the own schema first (IsolatedMigrations)."));
                pairs.add(new TablePair(tables, table, copies, tenant));
            }
        }
        if (pairs.isEmpty()) {
            throw new IsolationException("There is no protected table in schema " + source + ". Name that of the shared"
                    + " tables: from(...).");
        }
        pairs.forEach(TablePair::requireAlike);
        return pairs;
    }

    private void requireAlike() {
        Set<String> here = names(originals);
        Set<String> there = names(copies);
        if (!here.equals(there)) {
            throw new IsolationException("Tables " + originals.name() + " and " + copies.name()
                    + " have other columns: " + here + " and " + there + ". Bring both to the same version.");
        }
        for (ForeignKey key : copies.foreignKeys()) {
            boolean leaves = !key.target().schema().equals(copies.name().schema());
            if (leaves && tables.find(key.target()).isPresent()) {
                throw new IsolationException(
                        "A foreign key of table " + copies.name() + " leads to table " + key.target()
                                + ", which is not in the own schema. Let the change log name tables without their schema.");
            }
        }
    }

    private static Set<String> names(TenantTable table) {
        return table.dataColumns().stream().map(Column::name).collect(Collectors.toSet());
    }

    long countOriginals(Connection connection) throws SQLException {
        return tables.count(connection, originals, tenant);
    }

    long countCopies(Connection connection) throws SQLException {
        return tables.count(connection, copies, tenant);
    }

    void copy(Connection connection) throws SQLException {
        List<Column> columns = copies.dataColumns();
        String names = columns.stream()
                .map(column -> Quoting.identifier(column.name()))
                .collect(Collectors.joining(", "));
        String values = columns.stream().map(this::value).collect(Collectors.joining(", "));
        Jdbc.run(
                connection,
                "insert into " + copies.name().quoted() + " (" + names + ") overriding system value select " + values
                        + rows(originals),
                tenant.asText());
    }

    /** A type of the own schema (an enum, say) has the same values as that of the shared tables, and is another. */
    private String value(Column column) {
        String name = ROW + "." + Quoting.identifier(column.name());
        boolean sameType = originals
                .column(column.name())
                .filter(original -> original.castType().equals(column.castType()))
                .isPresent();
        return sameType ? name : name + "::pg_catalog.text::" + column.castType();
    }

    private String rows(TenantTable table) {
        return " from " + table.from() + " as " + ROW + " where " + tables.owned(table, ROW, tables.key("?"));
    }

    /** Compares all values of all rows. */
    void requireIdentical(Connection connection) throws SQLException {
        String names = copies.dataColumns().stream()
                .map(column -> ROW + "." + Quoting.identifier(column.name()))
                .collect(Collectors.joining(", "));
        String here = "select row(" + names + ")::pg_catalog.text" + rows(originals);
        String there = "select row(" + names + ")::pg_catalog.text" + rows(copies);
        String key = tenant.asText();
        long different = Jdbc.number(
                connection,
                "select pg_catalog.count(*) from ((" + here + " except all " + there + ") union all (" + there
                        + " except all " + here + ")) as different",
                key,
                key,
                key,
                key);
        if (different > 0) {
            throw new IsolationException(
                    "Tables " + originals.name() + " and " + copies.name() + " have other rows of tenant "
                            + tenant + ": " + different
                            + " are in one of them only. Nothing was changed. Empty the own schema to copy"
                            + " anew, or look who wrote.");
        }
    }

    long removeOriginals(Connection connection) throws SQLException {
        return Jdbc.run(connection, "delete" + rows(originals), tenant.asText());
    }

    /** A role that may use a sequence may not set it, but it can count on. */
    void advanceSequences(Connection connection) throws SQLException {
        for (Column column : copies.dataColumns()) {
            if (column.sequence() != null) {
                String highest = Jdbc.rows(
                                connection,
                                "select pg_catalog.max(" + ROW + "." + Quoting.identifier(column.name())
                                        + ")::pg_catalog.int8" + rows(copies),
                                tenant.asText())
                        .getFirst()
                        .getFirst();
                if (highest != null) {
                    advance(connection, column.sequence(), Long.parseLong(highest));
                }
            }
        }
    }

    private static void advance(Connection connection, String sequence, long highest) throws SQLException {
        List<@Nullable String> row = Jdbc.rows(
                        connection,
                        "select pg_catalog.nextval(seqrelid), seqincrement from pg_catalog.pg_sequence where seqrelid ="
                                + " ?::pg_catalog.regclass",
                        sequence)
                .getFirst();
        long now = Long.parseLong(Objects.requireNonNull(row.get(0)));
        long increment = Long.parseLong(Objects.requireNonNull(row.get(1)));
        long steps = increment > 0 && now < highest ? (highest - now + increment - 1) / increment : 0;
        if (steps > 0) {
            Jdbc.run(
                    connection,
                    "select pg_catalog.max(pg_catalog.nextval(?::pg_catalog.regclass)) from pg_catalog.generate_series(1,"
                            + " ?::pg_catalog.int8)",
                    sequence,
                    steps);
        }
    }
}
