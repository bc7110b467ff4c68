package dev.boundary.tenants.archive;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.catalog.CatalogColumn;
import dev.boundary.tenants.internal.tables.Findings;
import dev.boundary.tenants.internal.tables.TenantDataModel;
import dev.boundary.tenants.internal.tables.TenantDataTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the tables of an archive in a database. All names in SQL come from the database, none from the archive. */
final class ArchiveMatcher {

    private final TenantDataModel model;
    private final List<SchemaRenaming> renamings;
    private final Map<TableName, TableImport> imports = new LinkedHashMap<>();
    private final Findings findings = new Findings();

    private ArchiveMatcher(TenantDataModel model, List<SchemaRenaming> renamings) {
        this.model = model;
        this.renamings = renamings;
    }

    /** The tables of the archive that have rows, by name. */
    static Map<TableName, TableImport> match(Manifest manifest, TenantDataModel model, List<SchemaRenaming> renamings) {
        ArchiveMatcher matcher = new ArchiveMatcher(model, renamings);
        matcher.checkKeyType(manifest);
        manifest.tables().forEach(matcher::match);
        matcher.findings.requireNone(
                "The archive does not fit this database. Migrate the database to the version that was exported");
        return matcher.imports;
    }

    private void checkKeyType(Manifest manifest) {
        if (manifest.tenant().keyType() != model.installation().keyType()) {
            findings.add("Its tenant has a key of type "
                    + manifest.tenant().keyType().sqlName() + ", and tenants of this database have keys of type "
                    + model.installation().keyType().sqlName() + ".");
        }
    }

    private void match(Manifest.TableFile file) {
        Optional<TenantDataTable> table = find(file);
        if (table.isPresent()) {
            match(file, table.get());
        } else if (file.rows() > 0) {
            findings.add("It has rows of table " + file.qualifiedName() + ", and this database has no protected table "
                    + schema(file) + "." + file.name() + ".");
        }
    }

    private void match(Manifest.TableFile file, TenantDataTable table) {
        TableImport matched = new TableImport(file, table, columns(file, table));
        table.dataColumns().stream()
                .filter(column -> !matched.hasColumn(column.name()))
                .forEach(column -> checkMissing(column, table));
        if (file.rows() > 0 && imports.put(table.name(), matched) != null) {
            findings.add("It has rows of two tables that both go to " + table.name() + ".");
        }
    }

    /** By comparison, because a name in a forged manifest need not be possible. */
    private Optional<TenantDataTable> find(Manifest.TableFile file) {
        return model.tables().stream()
                .filter(table -> table.name().schema().equals(schema(file))
                        && table.name().table().equals(file.name()))
                .findFirst();
    }

    private String schema(Manifest.TableFile file) {
        return renamings.stream()
                .filter(renaming -> renaming.from().equals(file.schema()))
                .findFirst()
                .map(SchemaRenaming::to)
                .orElse(file.schema());
    }

    private List<CatalogColumn> columns(Manifest.TableFile file, TenantDataTable table) {
        List<CatalogColumn> columns = new ArrayList<>();
        for (Manifest.Column archived : file.columns()) {
            Optional<CatalogColumn> column = table.column(archived.name());
            if (column.isEmpty()) {
                findings.add("Table " + table.name() + " has no column \"" + archived.name() + "\".");
            } else if (fits(archived, column.get(), columns, table)) {
                columns.add(column.get());
            }
        }
        return columns;
    }

    private boolean fits(
            Manifest.Column archived, CatalogColumn column, List<CatalogColumn> earlier, TenantDataTable table) {
        Optional<String> fault = fault(archived, column, earlier);
        fault.ifPresent(
                found -> findings.add("Column \"" + column.name() + "\" of table " + table.name() + " " + found));
        return fault.isEmpty();
    }

    private Optional<String> fault(Manifest.Column archived, CatalogColumn column, List<CatalogColumn> earlier) {
        if (column.generated()) {
            return Optional.of("is generated in this database.");
        }
        if (!isSameType(archived.type(), column.type().sql())) {
            return Optional.of("is of type " + column.type().sql() + ", and was of type " + archived.type() + ".");
        }
        return earlier.contains(column) ? Optional.of("is in the archive twice.") : Optional.empty();
    }

    private boolean isSameType(String archived, String here) {
        return archived.equals(here) || renamings.stream().anyMatch(renaming -> renaming.isSameType(archived, here));
    }

    private void checkMissing(CatalogColumn column, TenantDataTable table) {
        if (column.notNull() && !column.hasDefault()) {
            findings.add("Column \"" + column.name() + "\" of table " + table.name()
                    + " must have a value and has no default, and is not in the archive.");
        }
        if (column.name().equals(table.tenantColumn())) {
            findings.add(
                    "The tenant column \"" + column.name() + "\" of table " + table.name() + " is not in the archive.");
        }
    }
}
