package dev.boundary.jooq.internal.query;

import dev.boundary.jooq.schema.ClassifiedTable;
import dev.boundary.jooq.schema.TableClassification;

/** What a table in a statement turned out to be. */
sealed interface TenantTable {

    /** A declared table. */
    record Classified(ClassifiedTable table) implements TenantTable {
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

    /** Something that holds no rows of its own: a CTE, a derived table, PostgreSQL's catalog. */
    enum Other implements TenantTable {
        HARMLESS
    }

    /** A table nobody declared, or one that could be several. */
    record Unknown(String name, String why) implements TenantTable {}
}
