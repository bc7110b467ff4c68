package dev.boundary.testing;

import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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

    private static final int PERCENT = 100;

    /** A policy and the commands it is for. */
    private record Policy(QualifiedName table, String name, Set<CoverageLog.Command> commands) {}

    private final Map<QualifiedName, Set<CoverageLog.Command>> tables = new TreeMap<>();
    private final List<Policy> policies = new ArrayList<>();
    private final Set<String> rlsOnly = new TreeSet<>();

    private CoverageReport() {}

    static CoverageReport of(Map<QualifiedName, Ownership> ownership, String application, Connection superuser)
            throws SQLException {
        CoverageReport report = new CoverageReport();
        ownership.forEach((table, owner) -> {
            if (owner.isTenants()) {
                report.tables.put(table, EnumSet.noneOf(CoverageLog.Command.class));
            }
        });
        for (List<@Nullable String> row : Jdbc.rows(
                superuser,
                "select schemaname, tablename, policyname, cmd from pg_catalog.pg_policies"
                        + " where roles && array[cast(? as name), 'public'] order by 1, 2, 3",
                application)) {
            QualifiedName table =
                    new QualifiedName(Objects.requireNonNull(row.get(0)), Objects.requireNonNull(row.get(1)));
            if (report.tables.containsKey(table)) {
                report.policies.add(new Policy(
                        table, Objects.requireNonNull(row.get(2)), commands(Objects.requireNonNull(row.get(3)))));
            }
        }
        return report;
    }

    private static Set<CoverageLog.Command> commands(String command) {
        return command.equals("ALL")
                ? EnumSet.allOf(CoverageLog.Command.class)
                : EnumSet.of(CoverageLog.Command.valueOf(command));
    }

    /** A second tenant ran a command on a table. */
    synchronized void add(String table, CoverageLog.Command command) {
        tables.forEach((name, commands) -> {
            if (name.name().toLowerCase(Locale.ROOT).equals(table)) {
                commands.add(command);
            }
        });
    }

    synchronized void addRlsOnly(String reason, String statement, String line) {
        rlsOnly.add(reason + ": " + statement.strip().replaceAll("\\s+", " ") + "\n      at " + line);
    }

    /** How many of the tables were used by a second tenant. */
    synchronized int percent() {
        long used =
                tables.values().stream().filter(commands -> !commands.isEmpty()).count();
        return tables.isEmpty() ? PERCENT : (int) (used * PERCENT / tables.size());
    }

    synchronized String text() {
        StringBuilder text = new StringBuilder();
        text.append("  Tables: ").append(percent()).append(" %\n");
        tables.forEach((table, commands) -> text.append(commands.isEmpty() ? "    [ ] " : "    [x] ")
                .append(table)
                .append(commands.isEmpty() ? "" : " " + commands)
                .append('\n'));
        text.append("  Policies:\n");
        for (Policy policy : policies) {
            boolean used = !java.util.Collections.disjoint(
                    policy.commands(), Objects.requireNonNull(tables.get(policy.table())));
            text.append(used ? "    [x] " : "    [ ] ")
                    .append(policy.name())
                    .append(" on ")
                    .append(policy.table())
                    .append('\n');
        }
        text.append("  Statements under row-level security only: ").append(rlsOnly.isEmpty() ? "none\n" : "\n");
        rlsOnly.forEach(entry -> text.append("    - ").append(entry).append('\n'));
        return text.toString();
    }
}
