package dev.boundary.testing;

import dev.boundary.jooq.schema.TableClassification;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.QualifiedName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Table;

/** The declaration of a tenant schema in the catalog's names. */
final class TenantTables {

    private static final String DEFAULT_SCHEMA = "public";

    private TenantTables() {}

    static QualifiedName name(Table<?> table) {
        List<String> parts = Arrays.asList(table.getQualifiedName().getName());
        return new QualifiedName(parts.size() > 1 ? parts.get(parts.size() - 2) : DEFAULT_SCHEMA, parts.getLast());
    }

    static Map<QualifiedName, Ownership> ownership(TenantSchema schema) {
        Map<QualifiedName, Ownership> ownership = new LinkedHashMap<>();
        for (ClassifiedTable table : schema.tables()) {
            ownership.put(name(table.table()), ownership(table.classification()));
        }
        return ownership;
    }

    private static Ownership ownership(TableClassification classification) {
        return switch (classification) {
            case TableClassification.Tenant tenant ->
                new Ownership(Ownership.Kind.TENANT, tenant.column().getName());
            case TableClassification.Mixed mixed ->
                new Ownership(Ownership.Kind.MIXED, mixed.column().getName());
            case TableClassification.Child child -> new Ownership(Ownership.Kind.CHILD, null);
            case TableClassification.Global global -> Ownership.SHARED;
            case TableClassification.Exempt exempt -> Ownership.SHARED;
        };
    }
}
