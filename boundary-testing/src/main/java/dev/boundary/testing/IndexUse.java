package dev.boundary.testing;

import dev.boundary.core.TenantKey;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.Sql;
import dev.boundary.testing.internal.catalog.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/** Reads from a query's plan whether tenants' rows are found by index. */
final class IndexUse {

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
            Sql.run(
                    connection,
                    "select pg_catalog.set_config(?, ?, true)",
                    fixture.databaseFixture().setup().sessionVariable().name(),
                    tenant.asText());
            Sql.run(connection, "set local enable_seqscan = off");
            List<String> plan = lines(connection, "explain (verbose, costs off) ", sql);
            connection.rollback();
            List<String> faults = faults(plan);
            if (!faults.isEmpty()) {
                throw new AssertionError("The query does not find tenant " + tenant + "'s rows by an index:\n  - "
                        + String.join("\n  - ", faults) + "\nThe plan of " + sql + "\n" + String.join("\n", plan)
                        + "\nAn index that begins with the tenant column helps; so does a condition whose operator is"
                        + " leakproof.");
            }
        }
    }

    private static List<String> lines(Connection connection, String explain, String sql) throws SQLException {
        return Sql.rows(connection, explain + sql).stream()
                .map(List::getFirst)
                .map(Objects::requireNonNull)
                .toList();
    }

    private List<String> faults(List<String> plan) {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<TableName, Ownership> entry :
                fixture.databaseFixture().ownership().entrySet()) {
            if (entry.getValue().isTenants()) {
                for (int i = 0; i < plan.size(); i++) {
                    check(entry.getKey(), entry.getValue().tenantColumn(), plan, i, faults);
                }
            }
        }
        return faults;
    }

    private static void check(
            TableName table, @Nullable String tenantColumn, List<String> plan, int at, List<String> faults) {
        String line = plan.get(at);
        if (!line.contains(" on " + plain(table.schema()) + "." + plain(table.name()) + " ")
                && !line.endsWith(" on " + plain(table.schema()) + "." + plain(table.name()))) {
            return;
        }
        if (line.contains("Seq Scan")) {
            faults.add(table + " is read from end to end.");
        } else if (tenantColumn != null && !details(plan, at).contains(plain(tenantColumn))) {
            faults.add("an index of " + table + " is used without the tenant: " + line.strip());
        }
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
        return identifier.matches("[a-z_][a-z0-9_$]*") ? identifier : Sql.quote(identifier);
    }
}
