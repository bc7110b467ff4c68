package dev.boundary.doctor;

import dev.boundary.core.TableKind;
import dev.boundary.doctor.Expectations.Expected;
import dev.boundary.doctor.catalog.SecurityCatalog;
import dev.boundary.doctor.catalog.SecurityCatalog.Column;
import dev.boundary.doctor.catalog.SecurityCatalog.ForeignKey;
import dev.boundary.doctor.catalog.SecurityCatalog.Policy;
import dev.boundary.doctor.catalog.SecurityCatalog.Relation;
import dev.boundary.rls.internal.catalog.ProtectedTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Determines whose rows each table holds. A partition counts as a part of its table. */
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
        Map<List<String>, ProtectedTable> protectedTables = catalog.protectedTables().stream()
                .collect(Collectors.toMap(
                        table -> List.of(table.name().schema(), table.name().table()), table -> table));
        return catalog.relations().values().stream()
                .filter(relation -> relation.table() && !relation.partition() && !relation.ofExtension())
                .collect(Collectors.toMap(
                        Relation::oid,
                        relation ->
                                classify(relation, protectedTables.get(List.of(relation.schema(), relation.name()))),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    private ExaminedTable classify(Relation relation, @Nullable ProtectedTable known) {
        Optional<Expected> expected = expectations.of(relation.schema(), relation.name());
        if (expected.isPresent()) {
            return of(relation, expected.get().classification(), expected.get().columns(), known != null);
        }
        if (known != null) {
            String column = known.tenantColumn();
            return of(relation, known.kind(), column == null ? known.childColumns() : List.of(column), true);
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

    /** The foreign key of the given columns, in any order. */
    private @Nullable ForeignKey path(Relation relation, List<String> names) {
        Set<Integer> numbers = columns.getOrDefault(relation.oid(), List.of()).stream()
                .filter(column -> names.contains(column.name()))
                .map(Column::number)
                .collect(Collectors.toSet());
        return catalog.foreignKeys().stream()
                .filter(key -> key.relation() == relation.oid() && key.referenced() != relation.oid())
                .filter(key -> numbers.size() == Set.copyOf(names).size() && numbers.equals(Set.copyOf(key.columns())))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Column column(Relation relation, String name) {
        return columns.getOrDefault(relation.oid(), List.of()).stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
