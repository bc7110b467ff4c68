package dev.boundary.doctor;

import dev.boundary.core.TableKind;
import dev.boundary.doctor.Expectations.Expected;
import dev.boundary.doctor.catalog.SecurityCatalog;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.ForeignKey;
import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import dev.boundary.doctor.catalog.SecurityCatalog.Registered;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out whose rows each table holds. Partitions are looked at with the table that they are parts of. */
final class Classifier {

    private final SecurityCatalog catalog;
    private final Expectations expectations;
    private final Map<Long, List<Column>> columns;
    private final Map<Long, List<Policy>> policies;

    Classifier(
            SecurityCatalog catalog,
            Expectations expectations,
            Map<Long, List<Column>> columns,
            Map<Long, List<Policy>> policies) {
        this.catalog = catalog;
        this.expectations = expectations;
        this.columns = columns;
        this.policies = policies;
    }

    Map<Long, ExaminedTable> classify() {
        Map<String, Registered> register = catalog.register().stream()
                .collect(Collectors.toMap(row -> row.schema() + '\0' + row.table(), row -> row));
        Map<Long, ExaminedTable> tables = new LinkedHashMap<>();
        for (Relation relation : catalog.relations().values()) {
            if (relation.table() && !relation.partition() && !relation.ofExtension()) {
                Registered registered = register.get(relation.schema() + '\0' + relation.name());
                tables.put(relation.oid(), classify(relation, registered));
            }
        }
        return tables;
    }

    private ExaminedTable classify(Relation relation, @Nullable Registered registered) {
        Optional<Expected> expected = expectations.of(relation.schema(), relation.name());
        boolean known = registered != null;
        if (expected.isPresent()) {
            return of(relation, expected.get().classification(), expected.get().columns(), known);
        }
        if (registered != null) {
            String column = registered.tenantColumn();
            return of(
                    relation,
                    TableKind.valueOf(registered.classification()),
                    column == null ? registered.childColumns() : List.of(column),
                    true);
        }
        if (column(relation, expectations.tenantColumn()) != null) {
            return of(relation, TableKind.TENANT, List.of(expectations.tenantColumn()), false);
        }
        boolean secured = relation.rowSecurity() || policies.containsKey(relation.oid());
        return new ExaminedTable(relation, secured ? TableKind.CHILD : TableKind.GLOBAL, null, null, false);
    }

    private ExaminedTable of(Relation relation, TableKind classification, List<String> names, boolean known) {
        return switch (classification) {
            case TENANT, MIXED ->
                new ExaminedTable(relation, classification, column(relation, names.getFirst()), null, known);
            case CHILD -> new ExaminedTable(relation, classification, null, path(relation, names), known);
            case GLOBAL, EXEMPT -> new ExaminedTable(relation, classification, null, null, known);
        };
    }

    private @Nullable ForeignKey path(Relation relation, List<String> names) {
        Set<Integer> numbers = new HashSet<>();
        for (String name : names) {
            Column column = column(relation, name);
            if (column == null) {
                return null;
            }
            numbers.add(column.number());
        }
        return foreignKey(catalog, relation, numbers).orElse(null);
    }

    private @Nullable Column column(Relation relation, String name) {
        return columns.getOrDefault(relation.oid(), List.of()).stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The foreign key of the given columns, in any order. */
    static Optional<ForeignKey> foreignKey(SecurityCatalog catalog, Relation relation, Set<Integer> numbers) {
        return catalog.foreignKeys().stream()
                .filter(key -> key.relation() == relation.oid() && key.referenced() != relation.oid())
                .filter(key -> Set.copyOf(key.columns()).equals(numbers))
                .findFirst();
    }
}
