package dev.boundary.jooq.schema;

import dev.boundary.jooq.internal.QualifiedName;
import dev.boundary.jooq.schema.TableClassification.Child;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TableClassification.Global;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import dev.boundary.jooq.schema.TableClassification.Tenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * What a user has declared about tables, and how it classifies them. Faults are collected, so that one error lists all.
 */
final class Declaration {

    private final Map<Name, Table<?>> generated = new LinkedHashMap<>();
    private final Map<Name, ClassifiedTable> declared = new LinkedHashMap<>();
    private final Map<Name, Field<?>> tenantColumns = new HashMap<>();
    private final Set<Name> mixed = new LinkedHashSet<>();
    private final List<String> faults = new ArrayList<>();
    private String tenantColumn = "tenant_id";

    /** A generated table, which must be classified. */
    void generated(Table<?> table) {
        generated.put(QualifiedName.of(table), table);
    }

    void tenantColumn(String name) {
        tenantColumn = name;
    }

    String tenantColumn() {
        return tenantColumn;
    }

    void tenantColumn(TableField<?, ?> column) {
        Table<?> table = tableOf(column);
        if (table != null) {
            tenantColumns.put(QualifiedName.of(table), column);
        }
    }

    void mixed(Table<?> table) {
        mixed.add(QualifiedName.of(table));
        generated.putIfAbsent(QualifiedName.of(table), table);
    }

    void declare(Table<?> table, TableClassification classification) {
        Name name = QualifiedName.of(table);
        ClassifiedTable previous = declared.put(name, new ClassifiedTable(table, classification));
        if (previous != null && !previous.classification().equals(classification)) {
            faults.add(name.unquotedName() + " is declared twice: " + previous.classification() + " and "
                    + classification + ". Decide on one.");
        }
    }

    /** A table whose foreign key has these columns. */
    void child(List<TableField<?, ?>> columns) {
        if (columns.isEmpty()) {
            faults.add("child() names no column. Name the foreign key that leads to the tenant.");
            return;
        }
        Table<?> table = tableOf(columns.getFirst());
        if (table != null) {
            child(table, columns);
        }
    }

    private void child(Table<?> table, List<TableField<?, ?>> columns) {
        List<? extends ForeignKey<?, ?>> found = foreignKeys(table, columns);
        if (found.size() != 1) {
            faults.add(columns + " of " + QualifiedName.of(table).unquotedName() + " is part of " + found.size()
                    + " foreign keys. Name the columns of exactly one, or use"
                    + " child(table, column, parent, parentColumn).");
            return;
        }
        ForeignKey<?, ?> key = found.getFirst();
        declare(
                table,
                new Child(List.copyOf(key.getFields()), key.getKey().getTable(), List.copyOf(key.getKeyFields())));
    }

    /** The foreign keys of exactly these columns, or if there is none, those that contain them. */
    private static List<? extends ForeignKey<?, ?>> foreignKeys(Table<?> table, List<TableField<?, ?>> columns) {
        List<? extends ForeignKey<?, ?>> keys = table.getReferences().stream()
                .filter(key -> key.getFields().containsAll(columns))
                .toList();
        List<? extends ForeignKey<?, ?>> exact = keys.stream()
                .filter(key -> key.getFields().size() == columns.size())
                .toList();
        return exact.isEmpty() ? keys : exact;
    }

    private @Nullable Table<?> tableOf(TableField<?, ?> column) {
        Table<?> table = column.getTable();
        if (table == null) {
            faults.add("The column " + column.getName() + " belongs to no table. Use the field of a generated table.");
        }
        return table;
    }

    /** Classifies each table, as declared or by its tenant column. */
    Map<Name, ClassifiedTable> classify() {
        Map<Name, ClassifiedTable> tables = new LinkedHashMap<>();
        List<String> unclassified = new ArrayList<>();
        generated.forEach((name, table) -> {
            ClassifiedTable classified = declared.containsKey(name) ? declared.get(name) : byColumn(table);
            if (classified == null) {
                unclassified.add(name.unquotedName().toString());
            } else {
                tables.put(name, classified);
            }
        });
        declared.forEach(tables::putIfAbsent);
        if (!unclassified.isEmpty()) {
            faults.add("Not classified: " + String.join(", ", unclassified) + ". They have no column " + tenantColumn
                    + "; declare each with child(...), mixed(...), global(...), globalWritable(...) or exempt(...).");
        }
        return tables;
    }

    private @Nullable ClassifiedTable byColumn(Table<?> table) {
        Name name = QualifiedName.of(table);
        Field<?> column = tenantColumns.containsKey(name) ? tenantColumns.get(name) : table.field(tenantColumn);
        if (column != null) {
            return new ClassifiedTable(table, mixed.contains(name) ? new Mixed(column) : new Tenant(column));
        }
        if (mixed.contains(name)) {
            faults.add(name.unquotedName() + " is declared mixed and has no column " + tenantColumn
                    + ". Name its tenant column with tenantColumn(...) or mixed(table, column).");
            return new ClassifiedTable(table, new Global(false));
        }
        return null;
    }

    /** Whether a table was declared mixed and something else as well. */
    boolean contradictsMixed(ClassifiedTable table) {
        return mixed.contains(table.name()) && !(table.classification() instanceof Mixed);
    }

    /** What is wrong with the declaration so far; what is found later is added. */
    List<String> faults() {
        return faults;
    }
}
