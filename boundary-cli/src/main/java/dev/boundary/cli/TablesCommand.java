package dev.boundary.cli;

import dev.boundary.cli.text.RowFormat;
import dev.boundary.cli.text.RowWriter;
import dev.boundary.rls.internal.sql.SqlFile;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists which table holds whose rows. */
@Command(
        name = "tables",
        description = {
            "Lists the tables and whose rows they hold: TENANT, CHILD or MIXED as boundary.protected_table says, GLOBAL"
                    + " or EXEMPT as the options say, and UNCLASSIFIED for all others. A partition counts as a part of"
                    + " its table. Changes nothing.",
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:listed",
            "1:with --check: a table is UNCLASSIFIED, MISSING, or without row-level security",
            "2:the command line cannot be used",
            "3:the database cannot be reached, or Boundary is not installed in it"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary tables",
            "  boundary tables --global currency --exempt job_queue=\"no tenant's data\" --check",
            "  boundary tables --format csv",
        })
final class TablesCommand extends CliCommand {

    private static final SqlFile SQL = SqlFile.of(TablesCommand.class);

    private static final List<String> COLUMNS = List.of("table", "classification", "column", "parent", "rls", "reason");

    private static final Set<String> UNDECIDED = Set.of("UNCLASSIFIED", "MISSING");

    @Option(
            names = "--global",
            paramLabel = "TABLE",
            description = "A table that belongs to no tenant; may be given several times.")
    private List<String> global = List.of();

    @Option(
            names = "--exempt",
            paramLabel = "TABLE=REASON",
            description = "A table without tenants' rows to protect; may be given several times.")
    private Map<String, String> exempt = Map.of();

    @Option(
            names = "--check",
            description = "Exit with 1 if a table is UNCLASSIFIED, MISSING, or without row-level security.")
    private boolean check;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "How rows are written: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private RowFormat format = RowFormat.TABLE;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() throws SQLException {
        try (Connection open = connection.connect(cliEnvironment());
                Statement statement = open.createStatement()) {
            InstallationReader.read(open);
            try (ResultSet rows = statement.executeQuery(SQL.text("tables"))) {
                return write(rows) || !check ? ExitCode.OK : ExitCode.FOUND;
            }
        }
    }

    /** Whether every table is classified and protected. */
    private boolean write(ResultSet rows) throws SQLException {
        RowWriter writer = new RowWriter(out(), format, COLUMNS);
        Declared declared = new Declared();
        boolean good = true;
        while (rows.next()) {
            Table table = table(rows, declared);
            good &= table.isGood();
            writer.row(table.cells());
        }
        writer.end();
        declared.checkAllFound();
        return good;
    }

    private static Table table(ResultSet row, Declared declared) throws SQLException {
        String name = row.getString(1) + "." + row.getString(2);
        String protectedAs = row.getString(3);
        String classification = row.getBoolean(9) ? declared.classification(name, protectedAs) : "MISSING";
        String reason = classification.equals("EXEMPT") ? declared.reason(name) : null;
        return new Table(
                Arrays.asList(name, classification, columns(row), parent(row), row.getString(8), reason),
                !UNDECIDED.contains(classification)
                        && (protectedAs == null || !row.getString(8).equals("off")));
    }

    /** One line of the list, and whether its table is classified and protected. */
    private record Table(List<@Nullable String> cells, boolean isGood) {}

    private static @Nullable String columns(ResultSet row) throws SQLException {
        Array child = row.getArray(5);
        return child == null ? row.getString(4) : String.join(", ", (String[]) child.getArray());
    }

    private static @Nullable String parent(ResultSet row) throws SQLException {
        return row.getString(7) == null ? null : row.getString(6) + "." + row.getString(7);
    }

    /** What the options say. A name that no table has is an error: it may be meant for another. */
    private final class Declared {

        private final Set<String> globals = global.stream()
                .map(table -> TableOptions.table(table).toString())
                .collect(Collectors.toSet());
        private final Map<String, String> reasons = new HashMap<>();
        private final Set<String> unmatched;

        Declared() {
            exempt.forEach((table, reason) -> {
                if (reason.isBlank()) {
                    throw new IllegalArgumentException("Say why table " + table + " is exempt.");
                }
                reasons.put(TableOptions.table(table).toString(), reason);
            });
            unmatched = new HashSet<>(globals);
            unmatched.addAll(reasons.keySet());
        }

        String classification(String name, @Nullable String protectedAs) {
            boolean isDeclared = unmatched.remove(name);
            if (protectedAs != null && isDeclared) {
                throw new IllegalArgumentException(
                        "Table " + name + " is protected as " + protectedAs + ", so it is neither global nor exempt.");
            }
            return protectedAs == null ? classification(name) : protectedAs;
        }

        private String classification(String name) {
            return globals.contains(name) ? "GLOBAL" : reasons.containsKey(name) ? "EXEMPT" : "UNCLASSIFIED";
        }

        @Nullable
        String reason(String name) {
            return reasons.get(name);
        }

        void checkAllFound() {
            if (!unmatched.isEmpty()) {
                throw new IllegalArgumentException("There is no table " + String.join(", ", unmatched) + ".");
            }
        }
    }
}
