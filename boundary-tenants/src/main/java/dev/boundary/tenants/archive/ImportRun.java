package dev.boundary.tenants.archive;

import dev.boundary.core.TenantKey;
import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.CatalogColumn;
import dev.boundary.rls.internal.catalog.CatalogForeignKey;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.internal.tables.PinnedSettings;
import dev.boundary.tenants.internal.tables.RoleRequirements;
import dev.boundary.tenants.internal.tables.RoleRequirements.Purpose;
import dev.boundary.tenants.internal.tables.TenantDataModel;
import dev.boundary.tenants.internal.tables.TenantDataModelReader;
import dev.boundary.tenants.internal.tables.TenantDataTable;
import dev.boundary.tenants.internal.tables.TenantKeyColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One import, in one transaction that the caller commits. */
final class ImportRun {

    private static final SqlFile SQL = SqlFile.of(ImportRun.class);

    private final Connection connection;
    private final TenantArchive archive;
    private final TenantKey tenant;
    private final ImportSettings settings;
    private final TenantDataModel model;
    private final TenantKeyColumns keyColumns;
    private final Optional<KeyRenewal> renewal;
    private final Sequences sequences;
    private final ArchiveRows rows;

    ImportRun(Connection connection, TenantArchive archive, TenantKey tenant, ImportSettings settings)
            throws SQLException {
        this.connection = connection;
        this.archive = archive;
        this.tenant = tenant;
        this.settings = settings;
        this.model = new TenantDataModelReader(connection).read();
        this.keyColumns = TenantKeyColumns.of(model);
        this.renewal = settings.newKeys() ? Optional.of(new KeyRenewal(model, keyColumns)) : Optional.empty();
        this.sequences = new Sequences(connection);
        TenantKey source = archive.manifest().tenant().tenantKey();
        this.rows = new ArchiveRows(
                new ArchiveReader(archive.folder(), settings.listener()),
                new RowRewriteContext(source, tenant, keyColumns, renewal, sequences));
    }

    RowCounts run() throws SQLException {
        Map<TableName, TableImport> imports = ArchiveMatcher.match(archive.manifest(), model, settings.renamings());
        DeferredReferences deferred = new DeferredReferencePlanner(model, keyColumns, imports.keySet()).plan();
        requirePrivileges(imports, deferred);
        enter();
        ImportCheck check = new ImportCheck(connection, model, keyColumns, tenant);
        check.countExisting(settings.existingRows());
        write(imports, deferred);
        check.require(imports);
        sequences.advance();
        return archive.manifest().rows();
    }

    /** Of two imports for the tenant at a time, one waits here. */
    private void enter() throws SQLException {
        model.bind(connection, tenant);
        PinnedSettings.apply(connection);
        Jdbc.run(connection, SQL.text("lock"), "boundary import " + tenant.asText());
    }

    private void requirePrivileges(Map<TableName, TableImport> imports, DeferredReferences deferred)
            throws SQLException {
        List<TenantDataTable> tables =
                imports.values().stream().map(TableImport::table).toList();
        RoleRequirements.requireApplication(connection, model, Purpose.READ);
        RoleRequirements.requirePrivilege(connection, tables, Purpose.INSERT);
        deferred.requirePrivileges(connection);
        sequences.requireUsage(sequencesOf(imports));
    }

    private Set<String> sequencesOf(Map<TableName, TableImport> imports) {
        Set<String> names = new HashSet<>();
        for (TableImport target : imports.values()) {
            for (CatalogColumn column : target.columns()) {
                String sequence = column.sequence();
                if (sequence != null && usesSequence(target, column)) {
                    names.add(sequence);
                }
            }
        }
        return names;
    }

    private boolean usesSequence(TableImport target, CatalogColumn column) {
        return renewal.map(keys -> keys.renews(target.table(), column)).orElse(true);
    }

    private void write(Map<TableName, TableImport> imports, DeferredReferences deferred) throws SQLException {
        Jdbc.run(connection, "set constraints all deferred");
        collectKeys(imports);
        List<TableImport> inOrder = inOrder(imports, deferred);
        for (TableImport target : inOrder) {
            RejectedRows.explain(target.table().name(), () -> insert(target, deferred));
        }
        for (TableImport target : inOrder) {
            if (deferred.concern(target.table())) {
                RejectedRows.explain(target.table().name(), () -> update(target, deferred));
            }
        }
        RejectedRows.explain(null, () -> Jdbc.run(connection, "set constraints all immediate"));
    }

    private static List<TableImport> inOrder(Map<TableName, TableImport> imports, DeferredReferences deferred) {
        return deferred.order().stream()
                .flatMap(table -> Optional.ofNullable(imports.get(table.name())).stream())
                .toList();
    }

    private void collectKeys(Map<TableName, TableImport> imports) throws SQLException {
        if (renewal.isPresent()) {
            KeyCollector collector = new KeyCollector(rows, renewal.get(), sequences);
            for (TableImport target : imports.values()) {
                collector.collect(target);
            }
        }
    }

    private void insert(TableImport target, DeferredReferences deferred) throws SQLException {
        List<CatalogForeignKey> selfReferences = target.table().foreignKeys().stream()
                .filter(key -> key.isSelfReference() && !key.deferrable())
                .toList();
        if (selfReferences.isEmpty()) {
            insertInOrder(target, deferred);
        } else {
            new SelfReferenceInserter(connection, target, selfReferences)
                    .insert(reader ->
                            rows.rewritten(target, (row, line) -> reader.read(deferred.cleared(target, row), line)));
        }
    }

    private void insertInOrder(TableImport target, DeferredReferences deferred) throws SQLException {
        RowInserter inserter = new RowInserter(connection, target);
        rows.rewritten(target, (row, line) -> inserter.add(deferred.cleared(target, row)));
        inserter.flush();
    }

    private void update(TableImport target, DeferredReferences deferred) throws SQLException {
        DeferredReferenceUpdater updater = new DeferredReferenceUpdater(connection, target, deferred.columnsOf(target));
        rows.rewritten(target, (row, line) -> updater.add(row));
        updater.flush();
    }
}
