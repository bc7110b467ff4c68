package dev.boundary.jooq.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jooq.codegen.DefaultGeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.meta.Definition;
import org.jooq.meta.TableDefinition;

/**
 * Lets jOOQ's code generator mark the tables that have the tenant column with
 * {@code dev.boundary.jooq.schema.HasTenant}. Names are jOOQ's defaults.
 *
 * <p>In the generator's configuration:
 *
 * <pre>{@code
 * <strategy>
 *   <name>dev.boundary.jooq.codegen.TenantTableStrategy</name>
 * </strategy>
 * }</pre>
 *
 * <p>To use a tenant column of another name, override {@link #tenantColumn()}. Used by one thread at a time, as all
 * strategies are.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // users who generate no code must not need the generator
public class TenantTableStrategy extends DefaultGeneratorStrategy {

    private static final String MARKER = "dev.boundary.jooq.schema.HasTenant";

    /** For jOOQ's code generator. */
    public TenantTableStrategy() {}

    /**
     * The name of the tenant column.
     *
     * @return {@code tenant_id}
     */
    protected String tenantColumn() {
        return "tenant_id";
    }

    /**
     * Adds the marker to the interfaces of a table's class.
     *
     * @param definition what a class is generated for
     * @param mode which class of it
     * @return the names of the interfaces that the class implements
     */
    @Override
    public List<String> getJavaClassImplements(Definition definition, GeneratorStrategy.Mode mode) {
        List<String> interfaces = new ArrayList<>(super.getJavaClassImplements(definition, mode));
        if (mode == GeneratorStrategy.Mode.DEFAULT && hasTenant(definition)) {
            interfaces.add(MARKER);
        }
        return interfaces;
    }

    private boolean hasTenant(Definition definition) {
        return definition instanceof TableDefinition table && table.getColumn(tenantColumn()) != null;
    }
}
