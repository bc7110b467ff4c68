package dev.boundary.cli;

import dev.boundary.cli.text.RowFormat;
import dev.boundary.cli.text.RowWriter;
import java.io.PrintWriter;
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

/** Which table holds whose rows. */
@Command(
        name = "tables",
        description = {
            "Lists the tables and whose rows they hold: TENANT, CHILD or MIXED as boundary.protected_table says, GLOBAL or"
                    + " EXEMPT as the options say, and UNCLASSIFIED for what no one has decided about. Partitions count as"
                    + " their table. Changes nothing.",
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

    /** In which words row-level security is: forced means also for the owner. */
    private static final String TABLES = """
            select coalesce(n.nspname, r.schema_name)::text, coalesce(c.relname, r.table_name)::text, r.classification,
              r.tenant_column, r.child_columns, r.parent_schema, r.parent_table,
              case when c.oid is null then '' when c.relforcerowsecurity and c.relrowsecurity then 'forced'
                when c.relrowsecurity then 'enabled' else 'off' end,
              c.oid is not null
            from (select c.* from pg_catalog.pg_class c
                where c.relkind in ('r', 'p', 'f') and c.relpersistence <> 't' and not c.relispartition
                  and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid and d.deptype = 'e')) c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'boundary')
            full join boundary.protected_table r on r.schema_name = n.nspname and r.table_name = c.relname
            order by 1, 2""";

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
            description = "A table to leave alone; may be given several times.")
    private Map<String, String> exempt = Map.of();

    @Option(names = "--check", description = "End with 1 if something is undecided or not protected.")
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
            try (ResultSet rows = statement.executeQuery(TABLES)) {
                return write(rows) || !check ? ExitCode.OK : ExitCode.FOUND;
            }
        }
    }

    /** Whether all is as it should be. */
    private boolean write(ResultSet rows) throws SQLException {
        PrintWriter out = out();
        RowWriter writer = new RowWriter(out, format, COLUMNS);
        Named named = new Named();
        boolean good = true;
        while (rows.next()) {
            String name = rows.getString(1) + "." + rows.getString(2);
            String registered = rows.getString(3);
            String classification = rows.getBoolean(9) ? named.classification(name, registered) : "MISSING";
            String rls = rows.getString(8);
            good &= !UNDECIDED.contains(classification) && (registered == null || !rls.equals("off"));
            writer.row(Arrays.asList(
                    name, classification, columns(rows), parent(rows), rls, named.reason(name, classification)));
        }
        writer.end();
        named.checkAllFound();
        return good;
    }

    private static @Nullable String columns(ResultSet row) throws SQLException {
        java.sql.Array child = row.getArray(5);
        return child == null ? row.getString(4) : String.join(", ", (String[]) child.getArray());
    }

    private static @Nullable String parent(ResultSet row) throws SQLException {
        return row.getString(7) == null ? null : row.getString(6) + "." + row.getString(7);
    }

    /** What the options say. A name that no table has is an error: it may be meant for another. */
    private final class Named {

        private final Set<String> globals = global.stream()
                .map(table -> TableOptions.table(table).toString())
                .collect(Collectors.toSet());
        private final Map<String, String> reasons = new HashMap<>();
        private final Set<String> left;

        Named() {
            exempt.forEach((table, reason) -> {
                if (reason.isBlank()) {
                    throw new IllegalArgumentException("Say why table " + table + " is exempt.");
                }
                reasons.put(TableOptions.table(table).toString(), reason);
            });
            left = new HashSet<>(globals);
            left.addAll(reasons.keySet());
        }

        String classification(String name, @Nullable String registered) {
            boolean isNamed = left.remove(name);
            if (registered != null) {
                if (isNamed) {
                    throw new IllegalArgumentException("Table " + name + " is protected as " + registered
                            + ", so it is neither global nor exempt.");
                }
                return registered;
            }
            return globals.contains(name) ? "GLOBAL" : reasons.containsKey(name) ? "EXEMPT" : "UNCLASSIFIED";
        }

        @Nullable
        String reason(String name, String classification) {
            return classification.equals("EXEMPT") ? reasons.get(name) : null;
        }

        void checkAllFound() {
            if (!left.isEmpty()) {
                throw new IllegalArgumentException("There is no table " + String.join(", ", left) + ".");
            }
        }
    }
}
