package dev.boundary.testing;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.testing.internal.jdbc.Execution;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which tenants used which tables in one database. Safe for use by several threads. */
final class CoverageLog {

    /** What policies distinguish. */
    enum Command {
        SELECT,
        INSERT,
        UPDATE,
        DELETE;

        private final Pattern word = Pattern.compile("\\b" + name().toLowerCase(Locale.ROOT) + "\\b");

        boolean isIn(String lowerCaseSql) {
            return word.matcher(lowerCaseSql).find();
        }
    }

    private final CoverageReport report;
    private final Map<String, Map<Command, Set<String>>> tenants = new HashMap<>();

    CoverageLog(CoverageReport report) {
        this.report = report;
    }

    /** A statement is sent that names these relations. */
    void statement(Execution execution, Set<String> named) {
        if (execution.scope().orElse(null) instanceof TenantScope scope) {
            String sql = execution.statement().toLowerCase(Locale.ROOT);
            for (Command command : Command.values()) {
                if (command.isIn(sql)) {
                    named.forEach(name -> add(name, command, scope.tenant().asText()));
                }
            }
        }
    }

    void rlsOnly(String reason, String statement, String line) {
        report.addRlsOnly(reason, statement, line);
    }

    private synchronized void add(String table, Command command, String tenant) {
        Set<String> seen = tenants.computeIfAbsent(table, key -> new EnumMap<>(Command.class))
                .computeIfAbsent(command, key -> new HashSet<>());
        if (seen.add(tenant) && seen.size() == 2) {
            report.add(table, command);
        }
    }
}
