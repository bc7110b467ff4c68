package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.testing.As.Role;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/** Reads from a query's plan whether tenants' rows are found by index. */
final class IndexUse {

    private static final Pattern INDEX =
            Pattern.compile(" using (?:\"(?<quoted>(?:[^\"]|\"\")+)\"|(?<plain>\\S+)) on ");

    private final TestFixture fixture;
    private final TenantKey tenant;

    IndexUse(TestFixture fixture, TenantKey tenant) {
        this.fixture = fixture;
        this.tenant = tenant;
    }

    void check(Query query) throws SQLException {
        String sql = fixture.dsl(Role.APPLICATION).renderInlined(query);
        try (Connection connection =
                fixture.databaseFixture().database().application().getConnection()) {
            connection.setAutoCommit(false);
            Jdbc.run(
                    connection,
                    "select pg_catalog.set_config(?, ?, true)",
                    fixture.databaseFixture().setup().sessionVariable().name(),
                    tenant.asText());
            Jdbc.run(connection, "set local enable_seqscan = off");
            List<String> plan = lines(connection, "explain (verbose, costs off) ", sql);
            List<String> faults = faults(connection, plan);
            connection.rollback();
            if (!faults.isEmpty()) {
                throw new AssertionError("The query does not find tenant " + tenant + "'s rows by an index:\n  - "
                        + String.join("\n  - ", faults) + "\nThe plan of " + sql + "\n" + String.join("\n", plan)
                        + "\nAn index that begins with the tenant column helps; so does a condition whose operator is"
                        + " leakproof.");
            }
        }
    }

    private static List<String> lines(Connection connection, String explain, String sql) throws SQLException {
        return Jdbc.rows(connection, explain + sql).stream()
                .map(List::getFirst)
                .map(Objects::requireNonNull)
                .toList();
    }

    private List<String> faults(Connection connection, List<String> plan) throws SQLException {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<QualifiedName, Ownership> entry :
                fixture.databaseFixture().ownership().entrySet()) {
            if (entry.getValue().isTenants()) {
                for (QualifiedName table : withPartitions(connection, entry.getKey())) {
                    for (int i = 0; i < plan.size(); i++) {
                        check(connection, table, entry.getValue().tenantColumn(), plan, i, faults);
                    }
                }
            }
        }
        return faults;
    }

    /** A plan names the partitions of a table, not the table. */
    private static List<QualifiedName> withPartitions(Connection connection, QualifiedName table) throws SQLException {
        List<QualifiedName> tables = new ArrayList<>(List.of(table));
        for (List<@Nullable String> row : Jdbc.rows(connection, """
                select n.nspname, c.relname from pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)) part
                join pg_catalog.pg_class c on c.oid = part.relid
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where part.level > 0
                """, table.sql())) {
            tables.add(new QualifiedName(Objects.requireNonNull(row.get(0)), Objects.requireNonNull(row.get(1))));
        }
        return tables;
    }

    private static void check(
            Connection connection,
            QualifiedName table,
            @Nullable String tenantColumn,
            List<String> plan,
            int at,
            List<String> faults)
            throws SQLException {
        String line = plan.get(at);
        String scanned = " on " + plain(table.schema()) + "." + plain(table.name());
        if (!line.contains(scanned + " ") && !line.endsWith(scanned)) {
            return;
        }
        String details = details(plan, at);
        if (line.contains("Seq Scan")) {
            faults.add(table + " is read from end to end.");
        } else if (tenantColumn != null
                && !details.contains(plain(tenantColumn))
                && !isLookup(connection, table, line, details)) {
            faults.add("an index of " + table + " is used without the tenant: " + line.strip());
        }
    }

    /** Whether a node finds one row by a unique key: whose it is, is then asked of that row only. */
    private static boolean isLookup(Connection connection, QualifiedName table, String line, String details)
            throws SQLException {
        Matcher used = INDEX.matcher(line);
        if (!used.find()) {
            return false;
        }
        String index = used.group("quoted") == null
                ? used.group("plain")
                : used.group("quoted").replace("\"\"", "\"");
        List<List<@Nullable String>> columns = Jdbc.rows(connection, """
                select a.attname from pg_catalog.pg_index i
                join pg_catalog.pg_class c on c.oid = i.indexrelid
                join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
                where i.indisunique and i.indpred is null and i.indexprs is null
                  and i.indrelid = pg_catalog.to_regclass(?) and c.relname = ?
                """, table.sql(), index);
        return !columns.isEmpty()
                && columns.stream()
                        .map(row -> plain(Objects.requireNonNull(row.getFirst())))
                        .allMatch(column ->
                                details.contains("(" + column + " = ") || details.contains("." + column + " = "));
    }

    /** The conditions by which a node, and the nodes below it, search their indexes. */
    private static String details(List<String> plan, int at) {
        int depth = indent(plan.get(at));
        return plan.stream()
                .skip(at + 1L)
                .takeWhile(line -> indent(line) > depth)
                .filter(line -> line.contains("Index Cond:"))
                .collect(Collectors.joining("\n"));
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static String plain(String identifier) {
        return identifier.matches("[a-z_][a-z0-9_$]*") ? identifier : Quoting.identifier(identifier);
    }
}
