package dev.boundary.testing;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.testing.internal.jdbc.Execution;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which tenants used which tables in one database. Safe for use by several threads. */
final class CoverageLog {

    /** Policies distinguish the same commands as privileges. */
    private static final Map<TablePrivilege, Pattern> COMMANDS = TablePrivilege.ALL.stream()
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(),
                    command -> Pattern.compile("\\b" + command.name().toLowerCase(Locale.ROOT) + "\\b")));

    private final CoverageReport report;
    private final Map<String, Map<TablePrivilege, Set<String>>> tenants = new HashMap<>();

    CoverageLog(CoverageReport report) {
        this.report = report;
    }

    /** A statement is sent that names these relations. */
    void statement(Execution execution, Set<String> named) {
        if (execution.scope().orElse(null) instanceof TenantScope scope) {
            String sql = execution.statement().toLowerCase(Locale.ROOT);
            COMMANDS.forEach((command, word) -> {
                if (word.matcher(sql).find()) {
                    named.forEach(name -> add(name, command, scope.tenant().asText()));
                }
            });
        }
    }

    void rlsOnly(String reason, String statement, String line) {
        report.addRlsOnly(reason, statement, line);
    }

    private synchronized void add(String table, TablePrivilege command, String tenant) {
        Set<String> seen = tenants.computeIfAbsent(table, key -> new EnumMap<>(TablePrivilege.class))
                .computeIfAbsent(command, key -> new HashSet<>());
        if (seen.add(tenant) && seen.size() == 2) {
            report.add(table, command);
        }
    }
}
