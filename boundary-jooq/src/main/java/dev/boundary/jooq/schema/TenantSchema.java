package dev.boundary.jooq.schema;

import dev.boundary.core.SchemaDeclarationException;
import dev.boundary.core.TenantKeyType;
import dev.boundary.jooq.schema.TableClassification.Child;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;
import dev.boundary.jooq.schema.TableClassification.Exempt;
import dev.boundary.jooq.schema.TableClassification.Global;
import dev.boundary.jooq.schema.TableClassification.Mixed;
import dev.boundary.jooq.schema.TableClassification.Tenant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Catalog;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableField;

/**
 * Which tables belong to tenants, and how: the one declaration that the query layer, the startup checks and the tests
 * work from.
 *
 * <pre>{@code
 * TenantSchema schema = TenantSchema.builder(Public.PUBLIC)   // jOOQ's generated schema
 *     .tenantColumn("tenant_id")                         // TENANT: every table that has it
 *     .child(BOOKING_LINE.BOOKING_ID)                    // CHILD: through this foreign key
 *     .mixed(TEMPLATE)                                   // null tenant = shared, readable by all
 *     .global(CURRENCY)                                  // no tenant, read-only from a tenant scope
 *     .build();                                          // anything left over: one error that lists it all
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class TenantSchema {

    private final TenantKeyType keyType;
    private final List<ClassifiedTable> tables;
    private final Set<String> allowedFunctions;

    private TenantSchema(TenantKeyType keyType, List<ClassifiedTable> tables, Set<String> allowedFunctions) {
        this.keyType = keyType;
        this.tables = List.copyOf(tables);
        this.allowedFunctions = Set.copyOf(allowedFunctions);
    }

    /**
     * Starts a declaration over generated schemas: each of their tables must be classified.
     *
     * @param schemas generated schemas; none if all tables are declared one by one, as with
     *     {@link Builder#tenant(Table, Field)}
     * @return the builder
     */
    public static Builder builder(Schema... schemas) {
        return new Builder(Arrays.asList(schemas));
    }

    /**
     * Starts a declaration over all schemas of a generated catalog: each of their tables must be classified.
     *
     * @param catalog a generated catalog
     * @return the builder
     */
    public static Builder builder(Catalog catalog) {
        return new Builder(catalog.getSchemas());
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

    /**
     * Collects a declaration. Not safe for use by several threads at once.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final Declaration declaration = new Declaration();
        private final Set<String> functions = new TreeSet<>();

        private Builder(List<? extends Schema> schemas) {
            schemas.stream().flatMap(schema -> schema.getTables().stream()).forEach(declaration::generated);
        }

        /**
         * Names the tenant column: each generated table that has it is a TENANT table unless declared otherwise. The
         * default is {@code tenant_id}.
         *
         * @param name the column's name
         * @return this builder
         */
        public Builder tenantColumn(String name) {
            declaration.tenantColumn(name);
            return this;
        }

        /**
         * Names the tenant column of one generated table, where it differs from that of the others.
         *
         * @param column the column
         * @return this builder
         */
        public Builder tenantColumn(TableField<?, ?> column) {
            declaration.tenantColumn(column);
            return this;
        }

        /**
         * Declares a TENANT table, generated or not.
         *
         * @param table the table, for example {@code table(name("app", "booking"))}
         * @param column its tenant column with its type, for example {@code field(name("tenant_id"), UUID.class)}
         * @return this builder
         */
        public Builder tenant(Table<?> table, Field<?> column) {
            return declare(table, new Tenant(column));
        }

        /**
         * Declares a CHILD table: its rows belong to the tenant of the row that a foreign key points to.
         *
         * @param foreignKey the column of a generated foreign key; all of them if it has several
         * @return this builder
         */
        public Builder child(TableField<?, ?>... foreignKey) {
            declaration.child(List.of(foreignKey));
            return this;
        }

        /**
         * Declares a CHILD table without a generated foreign key.
         *
         * @param table the table
         * @param column its column that points to the parent
         * @param parent the table it points to
         * @param parentColumn the column it points to
         * @return this builder
         */
        public Builder child(Table<?> table, Field<?> column, Table<?> parent, Field<?> parentColumn) {
            return declare(table, new Child(List.of(column), parent, List.of(parentColumn)));
        }

        /**
         * Declares generated MIXED tables: a row whose tenant column is null is shared, read by every tenant and
         * written by none.
         *
         * @param tables the tables; each has the tenant column
         * @return this builder
         */
        public Builder mixed(Table<?>... tables) {
            for (Table<?> table : tables) {
                declaration.mixed(table);
            }
            return this;
        }

        /**
         * Declares a MIXED table, generated or not.
         *
         * @param table the table
         * @param column its tenant column with its type
         * @return this builder
         */
        public Builder mixed(Table<?> table, Field<?> column) {
            return declare(table, new Mixed(column));
        }

        /**
         * Declares GLOBAL tables, which belong to no tenant and which a tenant may read but not write.
         *
         * @param tables the tables
         * @return this builder
         */
        public Builder global(Table<?>... tables) {
            for (Table<?> table : tables) {
                declare(table, new Global(false));
            }
            return this;
        }

        /**
         * Declares GLOBAL tables that a tenant may also write.
         *
         * @param tables the tables
         * @return this builder
         */
        public Builder globalWritable(Table<?>... tables) {
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
         * @return this builder
         * @throws IllegalArgumentException if the reason is blank
         */
        public Builder exempt(Table<?> table, String reason) {
            return declare(table, new Exempt(reason));
        }

        private Builder declare(Table<?> table, TableClassification classification) {
            declaration.declare(table, classification);
            return this;
        }

        /**
         * Allows database functions in statements of a tenant, in addition to PostgreSQL's own harmless ones. A
         * function can read any table its owner can: allow only those that cannot show or change rows of another
         * tenant.
         *
         * @param names the functions' names as they are written in statements, qualified ones with a dot:
         *     {@code "similarity"}, {@code "app.price_of"}
         * @return this builder
         */
        public Builder allowFunctions(String... names) {
            functions.addAll(Arrays.asList(names));
            return this;
        }

        /**
         * Checks the declaration and creates the schema.
         *
         * @return the schema
         * @throws SchemaDeclarationException if a generated table is not classified, a declaration contradicts another,
         *     or a tenant column has no type that a tenant key can have; the message lists all faults
         */
        public TenantSchema build() {
            Map<Name, ClassifiedTable> tables = declaration.classify();
            TenantKeyType keyType = new DeclarationCheck(declaration, tables).check();
            return new TenantSchema(keyType, List.copyOf(tables.values()), functions);
        }
    }
}
