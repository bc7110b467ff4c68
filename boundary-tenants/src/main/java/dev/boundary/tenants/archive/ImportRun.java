package dev.boundary.tenants.archive;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.tenants.Progress;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Access;
import dev.boundary.tenants.internal.tables.Carriers;
import dev.boundary.tenants.internal.tables.Column;
import dev.boundary.tenants.internal.tables.ForeignKey;
import dev.boundary.tenants.internal.tables.PinnedSettings;
import dev.boundary.tenants.internal.tables.TenantTable;
import dev.boundary.tenants.internal.tables.TenantTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One import, in one transaction that the caller commits. */
final class ImportRun {

    /** Bad values, violated constraints, policies, and what triggers raise: the archive's fault, not the database's. */
    private static final Pattern REFUSED = Pattern.compile("(22|23).{3}|42501|44000|P0001");

    private final Connection connection;
    private final TenantArchive archive;
    private final TenantKey tenant;
    private final List<SchemaRenaming> renamings;
    private final boolean besideExisting;
    private final ArchiveReader reader;
    private final TenantTables tables;
    private final Carriers carriers;
    private final Optional<KeyRenewal> renewal;
    private final Sequences sequences;

    ImportRun(
            Connection connection,
            TenantArchive archive,
            TenantKey tenant,
            List<SchemaRenaming> renamings,
            boolean renewKeys,
            boolean besideExisting,
            Progress.Listener listener)
            throws SQLException {
        this.connection = connection;
        this.archive = archive;
        this.tenant = tenant;
        this.renamings = renamings;
        this.besideExisting = besideExisting;
        this.reader = new ArchiveReader(archive.folder(), listener);
        this.tables = TenantTables.read(connection);
        this.carriers = Carriers.of(tables);
        this.renewal = renewKeys ? Optional.of(new KeyRenewal(tables, carriers)) : Optional.empty();
        this.sequences = new Sequences(connection);
    }

    RowCounts run() throws SQLException {
        Map<TableName, TableImport> imports = Matching.of(archive.manifest(), tables, renamings);
        Access.requireApplication(connection, tables, Access.Purpose.READ);
        Access.requirePrivilege(
                connection, imports.values().stream().map(TableImport::table).toList(), Access.Purpose.INSERT);
        LaterUpdates later = LaterUpdates.plan(tables, carriers, imports);
        later.requirePrivileges(connection);
        sequences.requireUsage(sequencesOf(imports));
        tables.bind(connection, tenant);
        PinnedSettings.apply(connection);
        Jdbc.run(
                connection,
                "select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(?, 0))",
                "boundary import " + tenant.asText());
        Map<TableName, Long> existing = existing();
        Jdbc.run(connection, "set constraints all deferred");
        renewNumbers(imports);
        for (TenantTable table : later.order()) {
            TableImport target = imports.get(table.name());
            if (target != null) {
                explaining(table, () -> insert(target, later));
            }
        }
        for (TenantTable table : later.order()) {
            TableImport target = imports.get(table.name());
            if (target != null && later.concern(table)) {
                explaining(table, () -> update(target, later));
            }
        }
        explaining(null, () -> Jdbc.run(connection, "set constraints all immediate"));
        new ImportCheck(connection, tables, carriers, tenant).require(existing, imports);
        sequences.advance();
        return archive.manifest().rows();
    }

    private Set<String> sequencesOf(Map<TableName, TableImport> imports) {
        Set<String> names = new HashSet<>();
        for (TableImport target : imports.values()) {
            for (Column column : target.columns()) {
                String sequence = column.sequence();
                if (sequence != null
                        && renewal.map(keys -> keys.renews(target.table(), column))
                                .orElse(true)) {
                    names.add(sequence);
                }
            }
        }
        return names;
    }

    private Map<TableName, Long> existing() throws SQLException {
        Map<TableName, Long> existing = new HashMap<>();
        Map<String, Long> filled = new HashMap<>();
        for (TenantTable table : tables.tables()) {
            long rows = tables.count(connection, table, tenant);
            existing.put(table.name(), rows);
            filled.put(table.name().toString(), rows);
        }
        RowCounts there = new RowCounts(filled).nonEmpty();
        if (there.total() > 0 && !besideExisting) {
            throw new TenantDataException("Tenant " + tenant + " has rows already: " + there
                    + ". Erase them first, or import beside them (besideExistingRows).");
        }
        return existing;
    }

    /** Before any row is written, because rows may refer to rows that come later. */
    private void renewNumbers(Map<TableName, TableImport> imports) throws SQLException {
        if (renewal.isEmpty()) {
            return;
        }
        KeyRenewal keys = renewal.get();
        for (TableImport target : imports.values()) {
            for (Column column : target.columns()) {
                KeyRenewal.Origin origin = new KeyRenewal.Origin(target.table().name(), column.name());
                if (!keys.renews(target.table(), column)) {
                    continue;
                }
                int position = target.position(column.name());
                RowParser parser = new RowParser(target.file());
                String sequence = column.sequence();
                if (sequence != null && RowRewriter.isMapped(target, origin, keys)) {
                    LongMap numbers = keys.numbers(origin);
                    read(target, "read keys", (line, number) -> {
                        String old = parser.parse(line, number)[position];
                        if (old != null && !numbers.has(RowRewriter.number(target, column, old, number))) {
                            numbers.put(
                                    RowRewriter.number(target, column, old, number),
                                    sequences.next(sequence, target.file().rows() - number + 1));
                        }
                    });
                } else if (sequence == null && keys.mayBeShared(origin)) {
                    Set<String> ids = keys.ownIds(origin);
                    read(target, "read keys", (line, number) -> {
                        String old = parser.parse(line, number)[position];
                        if (old != null) {
                            ids.add(old);
                        }
                    });
                }
            }
        }
    }

    private void insert(TableImport target, LaterUpdates later) throws SQLException {
        List<ForeignKey> toItself = target.table().foreignKeys().stream()
                .filter(key -> key.ofItself() && !key.deferrable())
                .toList();
        if (toItself.isEmpty()) {
            RowInserter inserter = new RowInserter(connection, target);
            rows(target, "import", (row, line) -> inserter.add(later.withoutThem(target, row)));
            inserter.flush();
            return;
        }
        try {
            new SelfReferences(connection, target, toItself)
                    .insert(consumer ->
                            rows(target, "import", (row, line) -> consumer.read(later.withoutThem(target, row), line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void update(TableImport target, LaterUpdates later) throws SQLException {
        LaterUpdates.Updater updater = later.new Updater(connection, target);
        rows(target, "import", (row, line) -> updater.add(row));
        updater.flush();
    }

    private void rows(TableImport target, String step, SelfReferences.RowReader consumer) throws SQLException {
        RowParser parser = new RowParser(target.file());
        RowRewriter rewriter =
                RowRewriter.of(target, archive.manifest().tenant().tenantKey(), tenant, carriers, renewal, sequences);
        read(
                target,
                step,
                (line, number) -> consumer.read(rewriter.rewrite(parser.parse(line, number), number), number));
    }

    private void read(TableImport target, String step, ArchiveReader.LineReader consumer) throws SQLException {
        try {
            reader.read(step, target.file(), consumer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that the database may refuse. */
    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    private static void explaining(@Nullable TenantTable table, Step step) throws SQLException {
        try {
            step.run();
        } catch (SQLException e) {
            if (REFUSED.matcher(Objects.requireNonNullElse(e.getSQLState(), "")).matches()) {
                throw new TenantDataException(
                        "PostgreSQL refuses the rows of the archive"
                                + (table == null ? "" : " for table " + table.name()) + ", and nothing was imported: "
                                + e.getMessage()
                                + ("23505".equals(e.getSQLState())
                                        ? ". If another tenant has that key, renew the keys (renewingKeys)."
                                        : ""),
                        e);
            }
            throw e;
        }
    }
}
