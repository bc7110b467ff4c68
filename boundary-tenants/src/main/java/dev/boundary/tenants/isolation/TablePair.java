package dev.boundary.tenants.isolation;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.CatalogColumn;
import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.tenants.internal.tables.TenantDataModel;
import dev.boundary.tenants.internal.tables.TenantDataTable;
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
 * @param model all tables of the database
 * @param originals the shared one
 * @param copies the tenant's own
 * @param tenant the tenant
 */
record TablePair(TenantDataModel model, TenantDataTable originals, TenantDataTable copies, TenantKey tenant) {

    private static final SqlFile SQL = SqlFile.of(TablePair.class);
    private static final String ROW = "boundary_t";

    /** The pairs in an order in which rows can be inserted. */
    static List<TablePair> all(TenantDataModel model, String source, String target, TenantKey tenant) {
        List<TablePair> pairs = new ArrayList<>();
        for (TenantDataTable table : model.inOrder()) {
            if (table.name().schema().equals(source)) {
                pairs.add(new TablePair(model, table, counterpart(model, table, target), tenant));
            }
        }
        requireSome(pairs, source);
        pairs.forEach(TablePair::requireSameColumns);
        pairs.forEach(TablePair::requireOwnReferences);
        return pairs;
    }

    private static void requireSome(List<TablePair> pairs, String source) {
        if (pairs.isEmpty()) {
            throw new IsolationException("There is no protected table in schema " + source
                    + ". Name the schema of the shared tables: withSourceSchema(...).");
        }
    }

    private static TenantDataTable counterpart(TenantDataModel model, TenantDataTable table, String target) {
        TableName name = new TableName(target, table.name().table());
        return model.find(name)
                .orElseThrow(() -> new IsolationException("There is no protected table " + name + " for the rows of "
                        + table.name() + ". Migrate the own schema first (IsolatedMigrations)."));
    }

    private void requireSameColumns() {
        Set<String> here = columnNames(originals);
        Set<String> there = columnNames(copies);
        if (!here.equals(there)) {
            throw new IsolationException("Tables " + originals.name() + " and " + copies.name()
                    + " have different columns: " + here + " and " + there + ". Migrate both to the same version.");
        }
    }

    private static Set<String> columnNames(TenantDataTable table) {
        return table.dataColumns().stream().map(CatalogColumn::name).collect(Collectors.toSet());
    }

    private void requireOwnReferences() {
        for (CatalogForeignKey key : copies.foreignKeys()) {
            boolean leaves = !key.target().schema().equals(copies.name().schema());
            if (leaves && model.find(key.target()).isPresent()) {
                throw new IsolationException(
                        "A foreign key of table " + copies.name() + " leads to table " + key.target()
                                + ", which is not in the own schema. In the change log, name tables without their"
                                + " schema.");
            }
        }
    }

    long countOriginals(Connection connection) throws SQLException {
        return model.count(connection, originals, tenant);
    }

    long countCopies(Connection connection) throws SQLException {
        return model.count(connection, copies, tenant);
    }

    void copy(Connection connection) throws SQLException {
        List<CatalogColumn> columns = copies.dataColumns();
        String names =
                Quoting.identifiers(columns.stream().map(CatalogColumn::name).toList());
        String values = columns.stream().map(this::value).collect(Collectors.joining(", "));
        String sql = "insert into " + copies.name().quoted() + " (" + names + ") overriding system value select "
                + values + rows(originals);
        Jdbc.run(connection, sql, tenant.asText());
    }

    /**
     * A type of the own schema (an enum, say) has the same values as that of the shared tables, but is another type.
     */
    private String value(CatalogColumn column) {
        String name = qualified(column);
        String type = column.type().castSql();
        boolean sameType = originals
                .column(column.name())
                .filter(original -> original.type().castSql().equals(type))
                .isPresent();
        return sameType ? name : name + "::pg_catalog.text::" + type;
    }

    private static String qualified(CatalogColumn column) {
        return ROW + "." + Quoting.identifier(column.name());
    }

    private String rows(TenantDataTable table) {
        return " from " + table.from() + " as " + ROW + " where " + model.ownedBy(table, ROW);
    }

    /** Compares all values of all rows. */
    void requireIdentical(Connection connection) throws SQLException {
        String key = tenant.asText();
        long different = Jdbc.number(connection, difference(), key, key, key, key);
        if (different > 0) {
            throw new IsolationException("Tables " + originals.name() + " and " + copies.name()
                    + " have different rows of tenant " + tenant
                    + ": " + different + " are in only one of them. Nothing was changed. Empty the own schema to"
                    + " copy again, or find out who wrote.");
        }
    }

    private String difference() {
        String values = copies.dataColumns().stream().map(TablePair::qualified).collect(Collectors.joining(", "));
        String here = "select row(" + values + ")::pg_catalog.text" + rows(originals);
        String there = "select row(" + values + ")::pg_catalog.text" + rows(copies);
        return SQL.template("difference")
                .fragment("here", here)
                .fragment("there", there)
                .fill();
    }

    long removeOriginals(Connection connection) throws SQLException {
        return Jdbc.run(connection, "delete" + rows(originals), tenant.asText());
    }

    /** A role that may use a sequence may not set it, but it can draw numbers. */
    void advanceSequences(Connection connection) throws SQLException {
        for (CatalogColumn column : copies.dataColumns()) {
            String sequence = column.sequence();
            String highest = sequence == null ? null : highest(connection, column);
            if (sequence != null && highest != null) {
                advance(connection, sequence, Long.parseLong(highest));
            }
        }
    }

    private @Nullable String highest(Connection connection, CatalogColumn column) throws SQLException {
        String sql = "select pg_catalog.max(" + qualified(column) + ")::pg_catalog.int8" + rows(copies);
        return Jdbc.value(connection, sql, tenant.asText());
    }

    private static void advance(Connection connection, String sequence, long highest) throws SQLException {
        List<@Nullable String> row =
                Jdbc.rows(connection, SQL.text("next"), sequence).getFirst();
        long now = Long.parseLong(Objects.requireNonNull(row.get(0)));
        long increment = Long.parseLong(Objects.requireNonNull(row.get(1)));
        long steps = increment > 0 && now < highest ? (highest - now + increment - 1) / increment : 0;
        if (steps > 0) {
            Jdbc.run(connection, SQL.text("draw"), sequence, steps);
        }
    }
}
