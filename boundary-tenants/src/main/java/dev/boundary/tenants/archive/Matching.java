package dev.boundary.tenants.archive;

import dev.boundary.rls.TableName;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.internal.tables.Column;
import dev.boundary.tenants.internal.tables.TenantTable;
import dev.boundary.tenants.internal.tables.TenantTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the tables of an archive in a database. All names in SQL come from the database, none from the archive. */
final class Matching {

    private final List<String> findings = new ArrayList<>();

    private final List<SchemaRenaming> renamings;

    private Matching(List<SchemaRenaming> renamings) {
        this.renamings = renamings;
    }

    /** The tables of the archive that have rows, by name. */
    static Map<TableName, TableImport> of(Manifest manifest, TenantTables tables, List<SchemaRenaming> renamings) {
        Matching matching = new Matching(renamings);
        Map<TableName, TableImport> imports = new LinkedHashMap<>();
        if (manifest.tenant().keyType() != tables.installation().keyType()) {
            matching.findings.add("Its tenant has a key of type "
                    + manifest.tenant().keyType().sqlName() + ", and tenants of this database have keys of type "
                    + tables.installation().keyType().sqlName() + ".");
        }
        for (Manifest.TableFile file : manifest.tables()) {
            Optional<TenantTable> table = tables.tables().stream()
                    .filter(candidate -> candidate.name().schema().equals(matching.schema(file))
                            && candidate.name().table().equals(file.name()))
                    .findFirst();
            if (table.isPresent()) {
                TableImport matched = matching.match(file, table.get());
                if (file.rows() > 0 && imports.put(table.get().name(), matched) != null) {
                    matching.findings.add("It has rows of two tables that both go to "
                            + table.get().name() + ".");
                }
            } else if (file.rows() > 0) {
                matching.findings.add("It has rows of table " + file.qualifiedName()
                        + ", and this database has no protected table " + matching.schema(file) + "." + file.name()
                        + ".");
            }
        }
        if (!matching.findings.isEmpty()) {
            throw new TenantDataException(
                    "The archive does not fit this database. Migrate the database to where the archive comes from",
                    matching.findings);
        }
        return imports;
    }

    private String schema(Manifest.TableFile file) {
        return renamings.stream()
                .filter(renaming -> renaming.from().equals(file.schema()))
                .findFirst()
                .map(SchemaRenaming::to)
                .orElse(file.schema());
    }

    private boolean isSameType(String archived, String here) {
        return archived.equals(here) || renamings.stream().anyMatch(renaming -> renaming.isSameType(archived, here));
    }

    private TableImport match(Manifest.TableFile file, TenantTable table) {
        List<Column> columns = new ArrayList<>();
        for (Manifest.Column column : file.columns()) {
            Optional<Column> here = table.column(column.name());
            if (here.isEmpty()) {
                findings.add("Table " + table.name() + " has no column \"" + column.name() + "\".");
            } else if (here.get().generated()) {
                findings.add("Column \"" + column.name() + "\" of table " + table.name() + " is generated here.");
            } else if (!isSameType(column.type(), here.get().type())) {
                findings.add("Column \"" + column.name() + "\" of table " + table.name() + " is of type "
                        + here.get().type() + ", and was of type " + column.type() + ".");
            } else if (columns.contains(here.get())) {
                findings.add("Column \"" + column.name() + "\" of table " + table.name() + " is there twice.");
            } else {
                columns.add(here.get());
            }
        }
        for (Column column : table.dataColumns()) {
            boolean there =
                    file.columns().stream().anyMatch(known -> known.name().equals(column.name()));
            if (!there && column.notNull() && !column.defaulted()) {
                findings.add("Column \"" + column.name() + "\" of table " + table.name()
                        + " must have a value and has no default, and the archive does not have it.");
            }
            if (!there && column.name().equals(table.tenantColumn())) {
                findings.add("The archive does not have the tenant column \"" + column.name() + "\" of table "
                        + table.name() + ".");
            }
        }
        return new TableImport(file, table, columns);
    }
}
