package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.internal.QualifiedName;
import dev.boundary.jooq.internal.query.ResolvedTable.Classified;
import dev.boundary.jooq.internal.query.ResolvedTable.Harmless;
import dev.boundary.jooq.internal.query.ResolvedTable.Unknown;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TenantSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Name;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.QOM;
import org.jooq.impl.TableImpl;
import org.jspecify.annotations.Nullable;

/** Finds the declaration of a table by its generated class or by its name. Immutable. */
final class TableNames {

    /** Prefixes of the catalog relations that show data of users' tables, or statements. */
    private static final List<String> TELLING_CATALOG = List.of(
            "pg_stat", // values of columns in pg_stats, statements of other connections in pg_stat_activity
            "pg_prepared",
            "pg_backend_memory", // the text of statements that this connection ran
            "pg_cursors",
            "pg_largeobject");

    private final Map<Class<?>, Classified> byClass = new HashMap<>();
    private final Map<String, List<Classified>> byName = new HashMap<>();

    TableNames(TenantSchema schema) {
        for (ClassifiedTable table : schema.tables()) {
            Class<?> type = table.table().getClass();
            Classified classified = new Classified(table);
            if (type != TableImpl.class) {
                byClass.put(type, classified);
            }
            byName.computeIfAbsent(key(table.table().getName()), key -> new ArrayList<>(1))
                    .add(classified);
        }
    }

    /** All declared tables. */
    Stream<Classified> declared() {
        return byName.values().stream().flatMap(List::stream);
    }

    /** The table under an alias, or the table itself. */
    static Table<?> unaliased(Table<?> table) {
        Table<?> current = table;
        while (current instanceof QOM.TableAlias<?> alias) {
            current = alias.$table();
        }
        return current;
    }

    /** Whether a part can only be a table of the database, perhaps under an alias. */
    static boolean isNamedTable(Table<?> table) {
        return unaliased(table) instanceof TableImpl;
    }

    /**
     * Whether a table is one with a condition, {@code table.where(condition)}, which jOOQ renders as a derived table
     * where it must. Its columns are then not its own.
     */
    @SuppressWarnings("ReferenceEquality") // it is about which object they belong to
    static boolean isFiltered(Table<?> table) {
        return table instanceof TableImpl
                && table.field(0) instanceof TableField<?, ?> column
                && column.getTable() != table;
    }

    /**
     * What a named table is.
     *
     * @param table a table for which {@link #isNamedTable} is true
     * @param ctes the names of the common table expressions in scope
     */
    ResolvedTable resolve(Table<?> table, CteNames ctes) {
        Table<?> base = unaliased(table);
        Classified generated = generated(base.getClass());
        if (generated != null
                && (isAlias(base) || sameName(base, generated.table().table()))) {
            return generated;
        }
        if (isAlias(base) && base.getClass() == TableImpl.class && ctes.contains(base.getUnqualifiedName())) {
            return Harmless.INSTANCE;
        }
        return byName(base);
    }

    /** The declaration of a generated class; a path to a table has a class of its own under the table's. */
    private @Nullable Classified generated(Class<?> type) {
        for (Class<?> current = type;
                current != null && current != TableImpl.class;
                current = current.getSuperclass()) {
            Classified table = byClass.get(current);
            if (table != null) {
                return table;
            }
        }
        return null;
    }

    /** An aliased instance of a generated class has no schema, and neither has a table that was named without one. */
    private static boolean isAlias(Table<?> table) {
        return table.getSchema() == null;
    }

    @SuppressWarnings("ReferenceEquality") // the usual case
    private static boolean sameName(Table<?> table, Table<?> declared) {
        return table == declared || QualifiedName.of(table).equals(QualifiedName.of(declared));
    }

    private ResolvedTable byName(Table<?> base) {
        Classified found = null;
        for (Classified candidate : byName.getOrDefault(key(base.getName()), List.of())) {
            if (isNameOf(base, candidate.table().table())) {
                if (found != null) {
                    return new Unknown(text(base), "It could be " + found.table() + " or " + candidate.table() + ".");
                }
                found = candidate;
            }
        }
        return found == null ? undeclared(base) : found;
    }

    private static ResolvedTable undeclared(Table<?> table) {
        return isHarmlessCatalog(table.getSchema(), table.getName())
                ? Harmless.INSTANCE
                : new Unknown(text(table), "No table of that name is declared in the TenantSchema.");
    }

    private static boolean isNameOf(Table<?> named, Table<?> declared) {
        Schema schema = named.getSchema();
        return isSpelled(named, declared.getName()) && (schema == null || sameSchema(schema, declared.getSchema()));
    }

    /** A name in quotes means the table with just that name, and another case would be another table. */
    private static boolean isSpelled(Table<?> table, String declared) {
        return table.getUnqualifiedName().quoted() == Name.Quoted.UNQUOTED
                || table.getName().equals(declared);
    }

    private static boolean isHarmlessCatalog(@Nullable Schema schema, String name) {
        if (schema == null) {
            return false;
        }
        return switch (schema.getName()) {
            case "information_schema" -> true;
            case "pg_catalog" -> TELLING_CATALOG.stream().noneMatch(key(name)::startsWith);
            default -> false;
        };
    }

    /** A table that was declared without a schema may be in any. */
    private static boolean sameSchema(Schema schema, @Nullable Schema declared) {
        return declared == null || key(schema.getName()).equals(key(declared.getName()));
    }

    /** The name as messages show it. */
    static String text(Table<?> table) {
        return QualifiedName.of(table).unquotedName().toString();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
