package dev.boundary.jooq.schema;

import dev.boundary.core.SchemaDeclarationException;
import dev.boundary.core.TenantKeyType;
import dev.boundary.jooq.schema.TableClassification.Child;
import dev.boundary.jooq.schema.TableClassification.Exempt;
import dev.boundary.jooq.schema.TableClassification.Global;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import dev.boundary.jooq.schema.TableClassification.Tenant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.ForeignKey;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** Collects a declaration; made by {@link TenantSchema#of(Schema...)}. Not safe for use by several threads. */
public final class TenantSchemaBuilder {

    private final Map<Name, Table<?>> generated = new LinkedHashMap<>();
    private final Map<Name, ClassifiedTable> declared = new LinkedHashMap<>();
    private final Map<Name, Field<?>> tenantColumns = new HashMap<>();
    private final Set<Name> mixed = new LinkedHashSet<>();
    private final Set<String> functions = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();
    private String tenantColumn = "tenant_id";

    TenantSchemaBuilder(Collection<? extends Schema> schemas) {
        for (Schema schema : schemas) {
            for (Table<?> table : schema.getTables()) {
                generated.put(table.getQualifiedName(), table);
            }
        }
    }

    /**
     * Names the tenant column: each generated table that has it is a TENANT table unless declared otherwise. The default
     * is {@code tenant_id}.
     *
     * @param name the column's name
     * @return this
     */
    public TenantSchemaBuilder tenantColumn(String name) {
        tenantColumn = name;
        return this;
    }

    /**
     * Names the tenant column of one generated table, where it differs from that of the others.
     *
     * @param column the column
     * @return this
     */
    public TenantSchemaBuilder tenantColumn(TableField<?, ?> column) {
        Table<?> table = tableOf(column);
        if (table != null) {
            tenantColumns.put(table.getQualifiedName(), column);
        }
        return this;
    }

    /**
     * Declares a TENANT table, generated or not.
     *
     * @param table the table, for example {@code table(name("app", "booking"))}
     * @param column its tenant column with its type, for example {@code field(name("tenant_id"), UUID.class)}
     * @return this
     */
    public TenantSchemaBuilder tenant(Table<?> table, Field<?> column) {
        return declare(table, new Tenant(column));
    }

    /**
     * Declares a CHILD table: its rows belong to the tenant of the row that a foreign key points to.
     *
     * @param foreignKey the column of a generated foreign key; all of them if it has several
     * @return this
     */
    public TenantSchemaBuilder child(TableField<?, ?>... foreignKey) {
        List<TableField<?, ?>> columns = List.of(foreignKey);
        if (columns.isEmpty()) {
            faults.add("child() names no column. Name the foreign key that leads to the tenant.");
            return this;
        }
        Table<?> table = tableOf(columns.getFirst());
        if (table == null) {
            return this;
        }
        List<? extends ForeignKey<?, ?>> keys = table.getReferences().stream()
                .filter(key -> key.getFields().containsAll(columns))
                .toList();
        List<? extends ForeignKey<?, ?>> exact = keys.stream()
                .filter(key -> key.getFields().size() == columns.size())
                .toList();
        List<? extends ForeignKey<?, ?>> found = exact.isEmpty() ? keys : exact;
        if (found.size() != 1) {
            faults.add(
                    columns + " of " + text(table.getQualifiedName()) + " is part of " + found.size()
                            + " foreign keys. Name the columns of exactly one, or use child(table, column, parent, parentColumn).");
            return this;
        }
        ForeignKey<?, ?> key = found.getFirst();
        return declare(
                table,
                new Child(List.copyOf(key.getFields()), key.getKey().getTable(), List.copyOf(key.getKeyFields())));
    }

    /**
     * Declares a CHILD table without a generated foreign key.
     *
     * @param table the table
     * @param column its column that points to the parent
     * @param parent the table it points to
     * @param parentColumn the column it points to
     * @return this
     */
    public TenantSchemaBuilder child(Table<?> table, Field<?> column, Table<?> parent, Field<?> parentColumn) {
        return declare(table, new Child(List.of(column), parent, List.of(parentColumn)));
    }

    /**
     * Declares generated MIXED tables: a row whose tenant column is null is shared, read by every tenant and written by
     * none.
     *
     * @param tables the tables; each has the tenant column
     * @return this
     */
    public TenantSchemaBuilder mixed(Table<?>... tables) {
        Arrays.stream(tables).map(Table::getQualifiedName).forEach(mixed::add);
        for (Table<?> table : tables) {
            generated.putIfAbsent(table.getQualifiedName(), table);
        }
        return this;
    }

    /**
     * Declares a MIXED table, generated or not.
     *
     * @param table the table
     * @param column its tenant column with its type
     * @return this
     */
    public TenantSchemaBuilder mixed(Table<?> table, Field<?> column) {
        return declare(table, new Mixed(column));
    }

    /**
     * Declares GLOBAL tables, which belong to no tenant and which a tenant may read but not write.
     *
     * @param tables the tables
     * @return this
     */
    public TenantSchemaBuilder global(Table<?>... tables) {
        for (Table<?> table : tables) {
            declare(table, new Global(false));
        }
        return this;
    }

    /**
     * Declares GLOBAL tables that a tenant may write, too.
     *
     * @param tables the tables
     * @return this
     */
    public TenantSchemaBuilder globalWritable(Table<?>... tables) {
        for (Table<?> table : tables) {
            declare(table, new Global(true));
        }
        return this;
    }

    /**
     * Declares a table that Boundary leaves alone.
     *
     * @param table the table
     * @param reason why every tenant may see and write all of its rows; not blank
     * @return this
     * @throws IllegalArgumentException if the reason is blank
     */
    public TenantSchemaBuilder exempt(Table<?> table, String reason) {
        return declare(table, new Exempt(reason));
    }

    /**
     * Allows database functions in statements of a tenant, in addition to PostgreSQL's own harmless ones. A function can
     * read any table its owner can: allow only those that cannot show or change rows of another tenant.
     *
     * @param names the functions' names as they are written in statements, qualified ones with a dot:
     *     {@code "similarity"}, {@code "app.price_of"}
     * @return this
     */
    public TenantSchemaBuilder allowFunctions(String... names) {
        functions.addAll(Arrays.asList(names));
        return this;
    }

    /**
     * Checks the declaration and makes the schema.
     *
     * @return the schema
     * @throws SchemaDeclarationException if a generated table is not classified, a declaration contradicts another, or a
     *     tenant column has no type that a tenant key can have; the message lists all faults
     */
    public TenantSchema build() {
        Map<Name, ClassifiedTable> tables = classify();
        Set<TenantKeyType> types = new TreeSet<>();
        tables.values().forEach(table -> check(table, tables, types));
        if (types.size() > 1) {
            faults.add("The tenant columns have different types: " + types + ". They must all have one.");
        }
        if (types.isEmpty() && faults.isEmpty()) {
            faults.add("No table has the tenant column " + tenantColumn
                    + ". Name it with tenantColumn(...), or declare tables with tenant(...).");
        }
        if (!faults.isEmpty()) {
            throw new SchemaDeclarationException(faults);
        }
        return new TenantSchema(types.iterator().next(), List.copyOf(tables.values()), functions);
    }

    private Map<Name, ClassifiedTable> classify() {
        Map<Name, ClassifiedTable> tables = new LinkedHashMap<>();
        List<String> unclassified = new ArrayList<>();
        generated.forEach((name, table) -> {
            ClassifiedTable classified = declared.containsKey(name) ? declared.get(name) : byColumn(table);
            if (classified == null) {
                unclassified.add(text(name));
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
        Name name = table.getQualifiedName();
        Field<?> column = tenantColumns.containsKey(name) ? tenantColumns.get(name) : table.field(tenantColumn);
        if (column != null) {
            return new ClassifiedTable(table, mixed.contains(name) ? new Mixed(column) : new Tenant(column));
        }
        if (mixed.contains(name)) {
            faults.add(text(name) + " is declared mixed and has no column " + tenantColumn
                    + ". Name its tenant column with tenantColumn(...) or mixed(table, column).");
            return new ClassifiedTable(table, new Global(false));
        }
        return null;
    }

    private void check(ClassifiedTable table, Map<Name, ClassifiedTable> tables, Set<TenantKeyType> types) {
        switch (table.classification()) {
            case Tenant(Field<?> column) -> addType(table, column, types);
            case Mixed(Field<?> column) -> addType(table, column, types);
            case Child child -> checkParents(table, tables);
            case Global global -> {}
            case Exempt exempt -> {}
        }
        if (mixed.contains(table.name()) && !(table.classification() instanceof Mixed) && faults.isEmpty()) {
            faults.add(text(table.name()) + " is declared mixed and also "
                    + table.classification().getClass().getSimpleName() + ". Decide on one.");
        }
    }

    private void addType(ClassifiedTable table, Field<?> column, Set<TenantKeyType> types) {
        Class<?> type = column.getConverter().fromType();
        if (type == java.util.UUID.class) {
            types.add(TenantKeyType.UUID);
        } else if (type == Long.class) {
            types.add(TenantKeyType.BIGINT);
        } else if (type == Integer.class) {
            types.add(TenantKeyType.INT);
        } else if (type == String.class) {
            types.add(TenantKeyType.TEXT);
        } else {
            faults.add("The tenant column " + column.getName() + " of " + text(table.name()) + " has the type "
                    + column.getDataType().getTypeName() + " (" + type.getName()
                    + "). A tenant key is a uuid, bigint, integer or text.");
        }
    }

    /** Follows the foreign keys up to a table with a tenant column. */
    private void checkParents(ClassifiedTable table, Map<Name, ClassifiedTable> tables) {
        Set<Name> path = new LinkedHashSet<>();
        ClassifiedTable current = table;
        while (current.classification() instanceof Child child) {
            if (!path.add(current.name())) {
                faults.add(text(table.name()) + " is a child in a circle of foreign keys: "
                        + path.stream().map(TenantSchemaBuilder::text).collect(Collectors.joining(" -> "))
                        + ". One of them needs a tenant column.");
                return;
            }
            if (child.columns().size() != child.parentColumns().size()) {
                faults.add("The foreign key of " + text(current.name()) + " has "
                        + child.columns().size() + " columns and its parent "
                        + child.parentColumns().size() + ".");
                return;
            }
            ClassifiedTable parent = tables.get(child.parent().getQualifiedName());
            if (parent == null || !parent.classification().hasTenantRows()) {
                faults.add(text(table.name()) + " is a child of "
                        + text(child.parent().getQualifiedName())
                        + ", which has no tenant rows. Declare the parent as well, or the child as global(...).");
                return;
            }
            current = parent;
        }
    }

    private TenantSchemaBuilder declare(Table<?> table, TableClassification classification) {
        Name name = table.getQualifiedName();
        ClassifiedTable previous = declared.put(name, new ClassifiedTable(table, classification));
        if (previous != null && !previous.classification().equals(classification)) {
            faults.add(text(name) + " is declared twice: " + previous.classification() + " and " + classification
                    + ". Decide on one.");
        }
        return this;
    }

    private @Nullable Table<? extends Record> tableOf(TableField<?, ?> column) {
        Table<? extends Record> table = column.getTable();
        if (table == null) {
            faults.add("The column " + column.getName() + " belongs to no table. Use the field of a generated table.");
        }
        return table;
    }

    private static String text(Name name) {
        return name.unquotedName().toString();
    }
}
