package dev.boundary.testing;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's plan of a query.
 *
 * @param connection the connection that planned it
 * @param lines the plan as {@code EXPLAIN (VERBOSE)} prints it
 */
record QueryPlan(Connection connection, List<String> lines) {

    private static final SqlFile SQL = SqlFile.of(QueryPlan.class);
    private static final Pattern INDEX =
            Pattern.compile(" using (?:\"(?<quoted>(?:[^\"]|\"\")+)\"|(?<plain>\\S+)) on ");

    /** Plans a query without running it. */
    static QueryPlan of(Connection connection, String sql) throws SQLException {
        return new QueryPlan(
                connection,
                Jdbc.rows(connection, "explain (verbose, costs off) " + sql).stream()
                        .map(List::getFirst)
                        .map(Objects::requireNonNull)
                        .toList());
    }

    /**
     * Where the plan does not find the rows of a tenant by an index.
     *
     * @param table a table with tenants' rows
     * @param tenantColumn its tenant column, or null without one
     * @return one sentence for each place
     */
    List<String> faults(TableName table, @Nullable String tenantColumn) throws SQLException {
        List<String> faults = new ArrayList<>();
        for (TableName part : withPartitions(table)) {
            for (int i = 0; i < lines.size(); i++) {
                if (scans(lines.get(i), part)) {
                    addFault(part, tenantColumn, i, faults);
                }
            }
        }
        return faults;
    }

    private static boolean scans(String line, TableName table) {
        String scanned = " on " + asPrinted(table.schema()) + "." + asPrinted(table.table());
        return line.contains(scanned + " ") || line.endsWith(scanned);
    }

    /** A plan names the partitions of a table, not the table. */
    private List<TableName> withPartitions(TableName table) throws SQLException {
        List<List<@Nullable String>> partitions = Jdbc.rows(connection, SQL.text("partitions"), table.quoted());
        return Stream.concat(Stream.of(table), partitions.stream().map(QueryPlan::name))
                .toList();
    }

    private static TableName name(List<@Nullable String> row) {
        return new TableName(Objects.requireNonNull(row.get(0)), Objects.requireNonNull(row.get(1)));
    }

    private void addFault(TableName table, @Nullable String tenantColumn, int at, List<String> faults)
            throws SQLException {
        String line = lines.get(at);
        String conditions = indexConditions(at);
        if (line.contains("Seq Scan")) {
            faults.add(table + " is read from end to end.");
        } else if (tenantColumn != null
                && !conditions.contains(asPrinted(tenantColumn))
                && !findsOneRow(table, line, conditions)) {
            faults.add("an index of " + table + " is used without the tenant: " + line.strip());
        }
    }

    /** The conditions by which a node, and the nodes below it, search their indexes. */
    private String indexConditions(int at) {
        int depth = indent(lines.get(at));
        return lines.stream()
                .skip(at + 1L)
                .takeWhile(line -> indent(line) > depth)
                .filter(line -> line.contains("Index Cond:"))
                .collect(Collectors.joining("\n"));
    }

    /** Whether a node finds one row by a unique key: then only that row is asked for its tenant. */
    private boolean findsOneRow(TableName table, String line, String conditions) throws SQLException {
        Matcher index = INDEX.matcher(line);
        if (!index.find()) {
            return false;
        }
        String quoted = index.group("quoted");
        String name = quoted == null ? index.group("plain") : quoted.replace("\"\"", "\"");
        List<List<@Nullable String>> columns =
                Jdbc.rows(connection, SQL.text("columns-of-unique-index"), table.quoted(), name);
        return !columns.isEmpty()
                && columns.stream().map(List::getFirst).allMatch(column -> isCompared(column, conditions));
    }

    private static boolean isCompared(@Nullable String column, String conditions) {
        String name = asPrinted(Objects.requireNonNull(column));
        return conditions.contains("(" + name + " = ") || conditions.contains("." + name + " = ");
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /** PostgreSQL quotes an identifier only where it must. */
    private static String asPrinted(String identifier) {
        return identifier.matches("[a-z_][a-z0-9_$]*") ? identifier : Quoting.identifier(identifier);
    }

    /** The plan, a line each. */
    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
