package dev.boundary.testing;

import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.testing.internal.catalog.Ownership;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which tables and policies a second tenant exercised, and what ran under row-level security only. Thread-safe. */
final class CoverageReport {

    private static final SqlFile SQL = SqlFile.of(CoverageReport.class);
    private static final int PERCENT = 100;
    private static final String USED = "    [x] ";
    private static final String UNUSED = "    [ ] ";

    /** A policy and the commands that it is for. */
    private record Policy(TableName table, String name, Set<TablePrivilege> commands) {

        static Policy of(List<@Nullable String> row) {
            String command = Objects.requireNonNull(row.get(3));
            return new Policy(
                    new TableName(Objects.requireNonNull(row.get(0)), Objects.requireNonNull(row.get(1))),
                    Objects.requireNonNull(row.get(2)),
                    command.equals("ALL") ? TablePrivilege.ALL : EnumSet.of(TablePrivilege.valueOf(command)));
        }
    }

    /** By table: the commands that a second tenant ran. */
    private final Map<TableName, Set<TablePrivilege>> tables = new TreeMap<>(Comparator.comparing(TableName::toString));

    private final List<Policy> policies;
    private final Set<String> rlsOnly = new TreeSet<>();

    private CoverageReport(Map<TableName, Ownership> ownership, List<Policy> policies) {
        ownership.forEach((table, owner) -> {
            if (owner.hasTenantRows()) {
                tables.put(table, EnumSet.noneOf(TablePrivilege.class));
            }
        });
        this.policies = policies.stream()
                .filter(policy -> tables.containsKey(policy.table()))
                .toList();
    }

    static CoverageReport of(Map<TableName, Ownership> ownership, String application, Connection superuser)
            throws SQLException {
        return new CoverageReport(
                ownership,
                Jdbc.rows(superuser, SQL.text("policies"), application).stream()
                        .map(Policy::of)
                        .toList());
    }

    /** A second tenant ran a command on a table. */
    synchronized void add(String table, TablePrivilege command) {
        tables.forEach((name, commands) -> {
            if (name.table().toLowerCase(Locale.ROOT).equals(table)) {
                commands.add(command);
            }
        });
    }

    synchronized void addRlsOnly(String reason, String statement, String line) {
        rlsOnly.add(reason + ": " + statement.strip().replaceAll("\\s+", " ") + "\n      at " + line);
    }

    /** The share of tables that a second tenant used. */
    synchronized int percent() {
        long used =
                tables.values().stream().filter(commands -> !commands.isEmpty()).count();
        return tables.isEmpty() ? PERCENT : (int) (used * PERCENT / tables.size());
    }

    synchronized String text() {
        List<String> lines = new ArrayList<>();
        lines.add("  Tables: " + percent() + " %");
        tables.forEach(
                (table, commands) -> lines.add(commands.isEmpty() ? UNUSED + table : USED + table + " " + commands));
        lines.add("  Policies:");
        policies.forEach(
                policy -> lines.add((isUsed(policy) ? USED : UNUSED) + policy.name() + " on " + policy.table()));
        lines.add("  Statements under row-level security only: " + (rlsOnly.isEmpty() ? "none" : ""));
        rlsOnly.forEach(entry -> lines.add("    - " + entry));
        return String.join("\n", lines) + "\n";
    }

    private boolean isUsed(Policy policy) {
        return !Collections.disjoint(policy.commands(), Objects.requireNonNull(tables.get(policy.table())));
    }
}
