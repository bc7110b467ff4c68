package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.schema.TableClassification;
import dev.boundary.jooq.schema.TableClassification.ClassifiedTable;

/** What the name of a table in a statement turned out to mean. */
sealed interface ResolvedTable {

    /** A declared table. */
    record Classified(ClassifiedTable table) implements ResolvedTable {
        TableClassification classification() {
            return table.classification();
        }

        boolean hasTenantRows() {
            return table.classification().hasTenantRows();
        }

        String name() {
            return table.name().unquotedName().toString();
        }
    }

    /** Something that holds no rows of its own: a common table expression, a derived table, PostgreSQL's catalog. */
    enum Harmless implements ResolvedTable {
        INSTANCE
    }

    /** A table that is not declared, or a name that could mean several tables. */
    record Unknown(String name, String why) implements ResolvedTable {}
}
