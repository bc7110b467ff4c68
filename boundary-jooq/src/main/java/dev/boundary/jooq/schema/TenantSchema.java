package dev.boundary.jooq.schema;

import dev.boundary.core.TenantKeyType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jooq.Catalog;
import org.jooq.Field;
import org.jooq.Schema;
import org.jooq.Table;

/**
 * Which tables belong to tenants, and how: the one declaration that the query layer, the startup checks and the tests
 * work from.
 *
 * <pre>{@code
 * TenantSchema schema = TenantSchema.of(Public.PUBLIC)   // jOOQ's generated schema
 *     .tenantColumn("tenant_id")                         // TENANT: every table that has it
 *     .child(BOOKING_LINE.BOOKING_ID)                    // CHILD: through this foreign key
 *     .mixed(TEMPLATE)                                   // null tenant = shared, readable by all
 *     .global(CURRENCY)                                  // no tenant, read-only from a tenant scope
 *     .build();                                          // anything left over: one error that lists it all
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class TenantSchema {

    private final TenantKeyType keyType;
    private final List<ClassifiedTable> tables;
    private final Set<String> allowedFunctions;

    TenantSchema(TenantKeyType keyType, List<ClassifiedTable> tables, Set<String> allowedFunctions) {
        this.keyType = keyType;
        this.tables = List.copyOf(tables);
        this.allowedFunctions = Set.copyOf(allowedFunctions);
    }

    /**
     * Begins a declaration over generated schemas: each of their tables must be classified.
     *
     * @param schemas generated schemas; none at all if the tables are declared one by one with
     *     {@link TenantSchemaBuilder#tenant(Table, Field)} and its like
     * @return the builder
     */
    public static TenantSchemaBuilder of(Schema... schemas) {
        return new TenantSchemaBuilder(Arrays.asList(schemas));
    }

    /**
     * Begins a declaration over all schemas of a generated catalog: each of their tables must be classified.
     *
     * @param catalog a generated catalog
     * @return the builder
     */
    public static TenantSchemaBuilder of(Catalog catalog) {
        return new TenantSchemaBuilder(catalog.getSchemas());
    }

    /**
     * The type that all tenant columns have.
     *
     * @return the type
     */
    public TenantKeyType keyType() {
        return keyType;
    }

    /**
     * All declared tables, in the order of their declaration.
     *
     * @return the tables, unmodifiable
     */
    public List<ClassifiedTable> tables() {
        return tables;
    }

    /**
     * The database functions that statements of a tenant may call in addition to PostgreSQL's own harmless ones.
     *
     * @return their names, unmodifiable
     */
    public Set<String> allowedFunctions() {
        return allowedFunctions;
    }
}
