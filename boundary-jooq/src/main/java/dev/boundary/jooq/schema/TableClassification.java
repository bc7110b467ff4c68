package dev.boundary.jooq.schema;

import dev.boundary.jooq.internal.QualifiedName;
import java.util.List;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;

/**
 * How a table relates to tenants. Immutable.
 *
 * @since 0.1
 */
public sealed interface TableClassification {

    /**
     * Whether rows of the table belong to tenants, so that statements on it need a tenant and the database protects it.
     *
     * @return true for {@link Tenant}, {@link Child} and {@link Mixed}
     */
    boolean hasTenantRows();

    /**
     * Each row belongs to one tenant and says so in its tenant column.
     *
     * @param column the tenant column, with its Java type
     *
     * @since 0.1
     */
    record Tenant(Field<?> column) implements TableClassification {
        /** Checks that there is a column. */
        public Tenant {
            Objects.requireNonNull(column, "column");
        }

        @Override
        public boolean hasTenantRows() {
            return true;
        }
    }

    /**
     * Each row belongs to the tenant of the row that a foreign key points to.
     *
     * @param columns the columns of the foreign key, at least one
     * @param parent the table they point to, itself with tenant rows
     * @param parentColumns the columns they point to, in the same order
     *
     * @since 0.1
     */
    record Child(List<Field<?>> columns, Table<?> parent, List<Field<?>> parentColumns) implements TableClassification {
        /** Copies the lists. */
        public Child {
            columns = List.copyOf(columns);
            Objects.requireNonNull(parent, "parent");
            parentColumns = List.copyOf(parentColumns);
        }

        @Override
        public boolean hasTenantRows() {
            return true;
        }
    }

    /**
     * A row whose tenant column is null is shared: every tenant reads it and none writes it. The others belong to their
     * tenant.
     *
     * @param column the tenant column, with its Java type
     *
     * @since 0.1
     */
    record Mixed(Field<?> column) implements TableClassification {
        /** Checks that there is a column. */
        public Mixed {
            Objects.requireNonNull(column, "column");
        }

        @Override
        public boolean hasTenantRows() {
            return true;
        }
    }

    /**
     * Rows belong to no tenant and every tenant reads them.
     *
     * @param writable whether a tenant may also write them
     *
     * @since 0.1
     */
    record Global(boolean writable) implements TableClassification {
        @Override
        public boolean hasTenantRows() {
            return false;
        }
    }

    /**
     * Boundary leaves the table alone: no tenant is needed and nothing is filtered.
     *
     * @param reason why, for whoever reads the declaration; not blank
     *
     * @since 0.1
     */
    record Exempt(String reason) implements TableClassification {
        /** Checks that there is a reason. */
        public Exempt {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("An exempt table needs a reason: every tenant sees all of its rows."
                        + " Say in a few words why that is right.");
            }
        }

        @Override
        public boolean hasTenantRows() {
            return false;
        }
    }

    /**
     * A table and how it relates to tenants. Immutable.
     *
     * @param table the table as it was declared or generated, before any {@code RenderMapping}
     * @param classification how it relates to tenants
     *
     * @since 0.1
     */
    record ClassifiedTable(Table<?> table, TableClassification classification) {

        /** Checks that both are there. */
        public ClassifiedTable {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(classification, "classification");
        }

        /**
         * The name of the table, qualified with its schema if that is known.
         *
         * @return the name
         */
        public Name name() {
            return QualifiedName.of(table);
        }

        /**
         * Whether another object stands for this table too, such as the parent of a {@link Child}.
         *
         * @param other a table, generated or not
         * @return whether both have one name and schema
         */
        public boolean isTable(Table<?> other) {
            return name().equals(QualifiedName.of(other));
        }

        @Override
        public String toString() {
            return name().unquotedName() + " (" + classification.getClass().getSimpleName() + ")";
        }
    }
}
