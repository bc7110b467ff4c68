package dev.boundary.jooq.schema;

import dev.boundary.core.SchemaDeclarationException;
import dev.boundary.core.TenantKeyType;
import dev.boundary.jooq.internal.QualifiedName;
import dev.boundary.jooq.schema.TableClassification.Child;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TableClassification.Exempt;
import dev.boundary.jooq.schema.TableClassification.Global;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import dev.boundary.jooq.schema.TableClassification.Tenant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Name;

/** Checks classified tables: tenant columns of one type, and foreign keys that lead to a tenant. */
final class DeclarationCheck {

    private static final Map<Class<?>, TenantKeyType> KEY_TYPES = Map.of(
            UUID.class, TenantKeyType.UUID,
            Long.class, TenantKeyType.BIGINT,
            Integer.class, TenantKeyType.INT,
            String.class, TenantKeyType.TEXT);

    private final Declaration declaration;
    private final Map<Name, ClassifiedTable> tables;
    private final List<String> faults;
    private final Set<TenantKeyType> types = new TreeSet<>();

    DeclarationCheck(Declaration declaration, Map<Name, ClassifiedTable> tables) {
        this.declaration = declaration;
        this.tables = tables;
        this.faults = declaration.faults();
    }

    /** Checks everything, and returns the type that all tenant columns have. */
    TenantKeyType check() {
        tables.values().forEach(this::check);
        if (types.size() > 1) {
            faults.add("The tenant columns have different types: " + types + ". They must all have the same.");
        }
        if (types.isEmpty() && faults.isEmpty()) {
            faults.add("No table has the tenant column " + declaration.tenantColumn()
                    + ". Name it with tenantColumn(...), or declare tables with tenant(...).");
        }
        if (!faults.isEmpty()) {
            throw new SchemaDeclarationException(faults);
        }
        return types.iterator().next();
    }

    private void check(ClassifiedTable table) {
        switch (table.classification()) {
            case Tenant(Field<?> column) -> addType(table, column);
            case Mixed(Field<?> column) -> addType(table, column);
            case Child child -> checkParents(table);
            case Global global -> {}
            case Exempt exempt -> {}
        }
        if (declaration.contradictsMixed(table) && faults.isEmpty()) {
            faults.add(text(table.name()) + " is declared mixed and also "
                    + table.classification().getClass().getSimpleName() + ". Decide on one.");
        }
    }

    private void addType(ClassifiedTable table, Field<?> column) {
        Class<?> type = column.getConverter().fromType();
        TenantKeyType keyType = KEY_TYPES.get(type);
        if (keyType != null) {
            types.add(keyType);
        } else {
            faults.add("The tenant column " + column.getName() + " of " + text(table.name()) + " has the type "
                    + column.getDataType().getTypeName() + " (" + type.getName()
                    + "). A tenant key is a uuid, bigint, integer or text.");
        }
    }

    /** Follows the foreign keys up to a table with a tenant column. */
    private void checkParents(ClassifiedTable table) {
        Set<Name> path = new LinkedHashSet<>();
        ClassifiedTable current = table;
        while (current.classification() instanceof Child child) {
            ClassifiedTable parent = tables.get(QualifiedName.of(child.parent()));
            if (!path.add(current.name())) {
                faults.add(cycle(table, path));
                return;
            }
            if (child.columns().size() != child.parentColumns().size()) {
                faults.add(unevenKey(current, child));
                return;
            }
            if (parent == null || !parent.classification().hasTenantRows()) {
                faults.add(noTenantRows(table, child));
                return;
            }
            current = parent;
        }
    }

    private static String cycle(ClassifiedTable table, Set<Name> path) {
        return text(table.name()) + " is a child in a cycle of foreign keys: "
                + path.stream().map(DeclarationCheck::text).collect(Collectors.joining(" -> "))
                + ". One of them needs a tenant column.";
    }

    private static String unevenKey(ClassifiedTable table, Child child) {
        return "The foreign key of " + text(table.name()) + " has "
                + child.columns().size() + " columns and its parent "
                + child.parentColumns().size() + ".";
    }

    private static String noTenantRows(ClassifiedTable table, Child child) {
        return text(table.name()) + " is a child of " + text(QualifiedName.of(child.parent()))
                + ", which has no tenant rows. Declare the parent as well, or the child as global(...).";
    }

    private static String text(Name name) {
        return name.unquotedName().toString();
    }
}
