package dev.boundary.testing;

import dev.boundary.core.TableKind;
import dev.boundary.jooq.schema.TableClassification;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.TableName;
import dev.boundary.testing.internal.catalog.Ownership;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Table;

/** A tenant schema in the catalog's terms. */
final class TenantTables {

    private static final String DEFAULT_SCHEMA = "public";

    private TenantTables() {}

    static TableName name(Table<?> table) {
        List<String> parts = Arrays.asList(table.getQualifiedName().getName());
        return new TableName(parts.size() > 1 ? parts.get(parts.size() - 2) : DEFAULT_SCHEMA, parts.getLast());
    }

    static Map<TableName, Ownership> ownership(TenantSchema schema) {
        Map<TableName, Ownership> ownership = new LinkedHashMap<>();
        for (ClassifiedTable table : schema.tables()) {
            ownership.put(name(table.table()), ownership(table.classification()));
        }
        return ownership;
    }

    private static Ownership ownership(TableClassification classification) {
        return switch (classification) {
            case TableClassification.Tenant tenant ->
                new Ownership(TableKind.TENANT, tenant.column().getName());
            case TableClassification.Mixed mixed ->
                new Ownership(TableKind.MIXED, mixed.column().getName());
            case TableClassification.Child _ -> new Ownership(TableKind.CHILD, null);
            case TableClassification.Global _ -> Ownership.SHARED;
            case TableClassification.Exempt _ -> new Ownership(TableKind.EXEMPT, null);
        };
    }
}
